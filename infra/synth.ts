/** Makes the templates of every stage, without an account: `npm run synth`, or `npm run synth -- dev prod`. */
import { mkdirSync } from 'node:fs'
import { App } from 'aws-cdk-lib'
import { TickerlakeError, UsageError } from '../lambdas/core/errors.ts'
import { EXAMPLES, featureFlags } from './examples.ts'
import { STAGE_NAMES, type StageName } from './knob.ts'
import { checkRules } from './rules.ts'
import { makeStacks } from './stacks.ts'
import { readStage } from './stage.ts'

const OUT = '.local/synth'

/** Synthesizes one stage into its folder and tells what came of it. */
function synth(name: StageName): string {
  const started = performance.now()
  const outdir = `${OUT}/${name}`
  mkdirSync(outdir, { recursive: true })
  const app = new App({ outdir, context: featureFlags() })
  makeStacks(app, readStage(EXAMPLES[name]))
  checkRules(app)
  const { stacks } = app.synth()
  const made = stacks.map(({ stackName, template }) => {
    return `${stackName} (${Object.keys(template.Resources).length} resources)`
  })
  return `${name}: ${made.join(', ')} in ${outdir}, ${((performance.now() - started) / 1000).toFixed(1)} s`
}

function asked(names: readonly string[]): readonly StageName[] {
  if (names.length === 0) return STAGE_NAMES
  return names.map((name) => {
    const stage = STAGE_NAMES.find((each) => each === name)
    if (stage) return stage
    throw new UsageError(`There is no stage ${name}; there are ${STAGE_NAMES.join(', ')}.`)
  })
}

try {
  for (const stage of asked(process.argv.slice(2))) process.stdout.write(`${synth(stage)}\n`)
} catch (error) {
  if (!(error instanceof TickerlakeError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
