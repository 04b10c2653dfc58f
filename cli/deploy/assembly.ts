/** What a synth has made: CDK's cloud assembly, as far as a deployment looks into it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>
}

export interface AssembledStack {
  readonly name: string
  readonly template: Template
  /** The oldest version of CDK's bootstrap stack that will do; undefined where none is needed. */
  readonly bootstrapVersion: number | undefined
}

interface Manifest {
  readonly artifacts: Readonly<Record<string, Artifact>>
}

interface Artifact {
  readonly type: string
  readonly properties?: {
    readonly templateFile?: string
    readonly stackName?: string
    readonly requiresBootstrapStackVersion?: number
  }
}

export function readAssembly(folder: string): readonly AssembledStack[] {
  const { artifacts } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
  return Object.entries(artifacts).flatMap(([id, { type, properties = {} }]) => {
    if (type !== 'aws:cloudformation:stack' || properties.templateFile === undefined) return []
    const template: Template = JSON.parse(readFileSync(join(folder, properties.templateFile), 'utf8'))
    const bootstrapVersion = properties.requiresBootstrapStackVersion
    return [{ name: properties.stackName ?? id, template, bootstrapVersion }]
  })
}

/** The properties of every resource of a type, by logical id. */
export function resourcesOf(
  { Resources = {} }: Template,
  type: string,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const found = Object.entries(Resources).filter(([, { Type }]) => Type === type)
  return Object.fromEntries(found.map(([id, { Properties = {} }]) => [id, Properties]))
}
