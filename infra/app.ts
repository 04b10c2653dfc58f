/** Reads the stage and makes its stacks. */
import { App } from 'aws-cdk-lib'
import { TickerlakeError } from '../lake/errors.ts'
import { keepBundlesIn } from './constructs/bundle.ts'
import { makeStacks } from './stacks.ts'
import { readStage } from './stage.ts'

const { TICKERLAKE_BUNDLES: bundles } = process.env
if (bundles) keepBundlesIn(bundles)
try {
  const app = new App()
  const stage = readStage(app.node.getAllContext())
  makeStacks(app, stage)
  // Schemas and rules take three seconds; of the local stage the emulator says soon enough what it does not take.
  if (stage.name === 'local') process.env['CDK_VALIDATION'] = 'false'
  else (await import('./rules.ts')).checkRules(app)
  app.synth()
} catch (error) {
  if (!(error instanceof TickerlakeError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
