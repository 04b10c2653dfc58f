import { App, type Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { featureFlags } from '../../infra/examples.ts'
import { makeStacks } from '../../infra/stacks.ts'
import { type Context, readStage } from '../../infra/stage.ts'

/** Bundles nothing: a function's code is the source as it stands, so that a synth takes no second per handler. */
const WITHOUT_BUNDLES = { 'aws:cdk:bundling-stacks': [] }

/** The templates of a stage by the last word of their stacks' names: broker, lake, pipeline, watch. */
export function templatesOf(context: Context): (stack: string) => Template {
  const app = new App({ context: { ...featureFlags(), ...WITHOUT_BUNDLES }, builtinCloudFormationValidation: false })
  makeStacks(app, readStage(context))
  return (name) => Template.fromStack(app.node.findChild(`tickerlake-${context['stage']}-${name}`) as Stack)
}
