import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { featureFlags } from '../../infra/examples.ts'
import { makeStacks } from '../../infra/stacks.ts'
import { type Context, readStage } from '../../infra/stage.ts'

/** Bundles nothing: a function's code is the source as it stands, so that a synth takes no second per handler. */
const WITHOUT_BUNDLES = { 'aws:cdk:bundling-stacks': [] }

/** A stage's app, not synthesized yet. */
export function appOf(context: Context): App {
  const app = new App({ context: { ...featureFlags(), ...WITHOUT_BUNDLES }, builtinCloudFormationValidation: false })
  makeStacks(app, readStage(context))
  return app
}

/** The templates of an app by the last word of their stacks' names: broker, lake, pipeline, watch. */
export function templatesIn(app: App): Readonly<Record<string, Template>> {
  const stacks = app.node.children.filter((child) => Stack.isStack(child))
  return Object.fromEntries(stacks.map((stack) => [stack.node.id.split('-').at(-1), Template.fromStack(stack)]))
}

/** One template of a stage. */
export function templatesOf(context: Context): (stack: string) => Template {
  const templates = templatesIn(appOf(context))
  return (name) => {
    const template = templates[name]
    if (template) return template
    throw new Error(`The stage has no stack ${name}; it has ${Object.keys(templates).join(', ')}.`)
  }
}
