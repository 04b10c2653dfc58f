import type { App } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { TickerlakeError } from '../lake/errors.ts'

/**
 * Holds the stacks to cdk-nag's AwsSolutions rules. Asked before the synth: there, references between stacks have
 * become export names, and an excuse that names a resource would no longer match.
 */
export function checkRules(app: App): void {
  const { violations } = new AwsSolutionsChecks().validateScope(app)
  if (violations.length === 0) return
  const lines = violations.flatMap(({ ruleName, description, violatingResources }) =>
    violatingResources.map(
      ({ constructPath, resourceLogicalId }) => `${constructPath ?? resourceLogicalId}: ${ruleName}: ${description}`,
    ),
  )
  throw new TickerlakeError('rules', `cdk-nag finds what nothing excuses; mend it or excuse it:\n${lines.join('\n')}`)
}
