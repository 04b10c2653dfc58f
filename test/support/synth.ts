import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { makeStacks } from '../../infra/stacks.ts'
import { type Context, readStage } from '../../infra/stage.ts'

/** Bundles nothing: a function's code is the source as it stands, so that a synth takes no second per handler. */
const WITHOUT_BUNDLES = { 'aws:cdk:bundling-stacks': [] }

/** The templates of a stage's stacks, by the last word of their names: `lake`, `pipeline`. */
export function templatesOf(context: Context): Readonly<Record<'lake' | 'pipeline', Template>> {
  process.env['CDK_VALIDATION'] = 'false' // two seconds; `npm run synth` has them
  const app = new App({ context: WITHOUT_BUNDLES })
  const { lake, pipeline } = makeStacks(app, readStage(context))
  return { lake: Template.fromStack(lake), pipeline: Template.fromStack(pipeline) }
}
