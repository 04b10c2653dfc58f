/** Reads the stage and makes its stacks. */
import { App } from 'aws-cdk-lib'
import { UsageError } from '../lambdas/core/errors.ts'
import { makeStacks } from './stacks.ts'
import { readStage } from './stage.ts'

try {
  const app = new App()
  const stage = readStage(app.node.getAllContext())
  // Checking templates against AWS's schemas takes 2 s; the emulator says soon enough what it does not take.
  if (stage.name === 'local') process.env['CDK_VALIDATION'] = 'false'
  makeStacks(app, stage)
  app.synth()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
