/** A stage's own templates, less what the emulator's CloudFormation does not know. */
import { readFileSync, writeFileSync } from 'node:fs'
import { App } from 'aws-cdk-lib'
import { keepBundlesIn } from '../../infra/constructs/bundle.ts'
import { featureFlags } from '../../infra/examples.ts'
import { makeStacks } from '../../infra/stacks.ts'
import { type Context, readStage } from '../../infra/stage.ts'
import { BUNDLES } from './stage-command.ts'

/** What MiniStack's CloudFormation has no handler for. */
const UNKNOWN_TYPES = /^AWS::(MSK|Athena::NamedQuery|ApplicationAutoScaling|EC2::(FlowLog|SecurityGroup(In|E)gress)$)/

interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

interface CloudFormationTemplate {
  Resources: Record<string, Resource>
  Outputs?: Record<string, unknown>
}

/** Synthesizes a stage into a folder, bundles included; gives the files of its templates, in the order of their deployment. */
export function synthWhole(outdir: string, context: Context): readonly string[] {
  keepBundlesIn(BUNDLES)
  const app = new App({ outdir, context: featureFlags(), builtinCloudFormationValidation: false })
  makeStacks(app, readStage(context))
  return app.synth().stacks.map(({ templateFullPath }) => templateFullPath)
}

/** The same, less what the emulator cannot deploy; tells what that is. */
export function synthForEmulator(
  outdir: string,
  context: Context,
  isUnknown: (resource: Resource) => boolean = isUnknownToMinistack,
): readonly string[] {
  return synthWhole(outdir, context).flatMap((file) => {
    const template: CloudFormationTemplate = JSON.parse(readFileSync(file, 'utf8'))
    const removed = withdraw(template, isUnknown)
    writeFileSync(file, JSON.stringify(template))
    return removed
  })
}

/** Takes the unknown resources out, and whatever refers to them, until nothing does. */
function withdraw(template: CloudFormationTemplate, isUnknown: (resource: Resource) => boolean): readonly string[] {
  const gone = new Set<string>()
  const lost = (id: string): boolean => {
    const resource = template.Resources[id]
    return resource !== undefined && (isUnknown(resource) || refersTo(resource, gone))
  }
  for (let id = Object.keys(template.Resources).find(lost); id; id = Object.keys(template.Resources).find(lost)) {
    gone.add(id)
    delete template.Resources[id]
  }
  for (const [name, output] of Object.entries(template.Outputs ?? {})) {
    if (refersTo(output, gone)) delete template.Outputs?.[name]
  }
  return [...gone]
}

/** It takes alarms on one metric, not on a formula over several. */
function isUnknownToMinistack({ Type, Properties = {} }: Resource): boolean {
  return UNKNOWN_TYPES.test(Type) || (Type === 'AWS::CloudWatch::Alarm' && 'Metrics' in Properties)
}

function refersTo(value: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { Ref: ref, 'Fn::GetAtt': attribute, DependsOn: after } = value as Record<string, unknown>
  if (typeof ref === 'string' && ids.has(ref)) return true
  if (Array.isArray(attribute) && ids.has(String(attribute[0]))) return true
  if (Array.isArray(after) && after.some((id) => ids.has(String(id)))) return true
  return Object.values(value).some((inner) => refersTo(inner, ids))
}
