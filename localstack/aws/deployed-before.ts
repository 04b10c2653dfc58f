/**
 * What the last deployment of a lake was made of, so that one that would change nothing is left out: CDK's start, synth and
 * bundles were a third of the CPU time of a warm start. It is made of all that the app and its functions can import, of what
 * npm has installed, of Node and of the stage's settings; the emulator is asked each time, since one that was killed may have
 * forgotten its last deployment. `npm run deploy` to AWS does none of this.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation'
import { describedStack } from '../../lake/deployment.ts'
import { readNote, writeWhole } from '../engine/whole-file.ts'

/** Where a deployment is noted, and what stands for all that a new one would be made of. */
export interface DeploymentNote {
  readonly file: string
  readonly madeOf: string
}

/** The template of a stack that stands; undefined where there is none, or its last operation did not succeed. */
export type TemplateOf = (stack: string) => Promise<string | undefined>

/** Written beside the lake when a deployment has ended. */
interface DeployedBefore {
  readonly madeOf: string
  /** Digests of the templates, by stack. */
  readonly templates: Readonly<Record<string, string>>
}

/**
 * Whether the stacks are what a deployment would make of them. An emulator that was killed may have forgotten the last
 * one, so it is asked for the templates that it has.
 */
export async function isDeployedAlready({ file, madeOf }: DeploymentNote, templateOf: TemplateOf): Promise<boolean> {
  const before = readNote<DeployedBefore>(file)
  if (before?.madeOf !== madeOf) return false
  const same = Object.entries(before.templates).map(async ([stack, digest]) => {
    const template = await templateOf(stack)
    return template !== undefined && digestOf(template) === digest
  })
  return (await Promise.all(same)).every(Boolean)
}

/** To be called when the stacks have been deployed. */
export async function noteDeployment(
  { file, madeOf }: DeploymentNote,
  stacks: readonly string[],
  templateOf: TemplateOf,
): Promise<void> {
  const templates: Record<string, string> = {}
  for (const stack of stacks) {
    const template = await templateOf(stack)
    if (template === undefined) return
    templates[stack] = digestOf(template)
  }
  writeWhole(file, JSON.stringify({ madeOf, templates } satisfies DeployedBefore))
}

function digestOf(template: string): string {
  return createHash('sha256').update(template).digest('hex')
}

/** Asks CloudFormation. */
export function deployedTemplates(cloudFormation: CloudFormationClient): TemplateOf {
  return async (StackName) => {
    const stack = await describedStack(cloudFormation, StackName)
    if (!/^(?:CREATE|UPDATE)_COMPLETE$/.test(stack?.StackStatus ?? '')) return undefined
    return (await cloudFormation.send(new GetTemplateCommand({ StackName }))).TemplateBody
  }
}

/** All that `infra/app.ts` and the bundles of its functions import, and the texts that they read. */
export const DEPLOY_FOLDERS = ['command', 'infra', 'lake', 'lambdas', 'queries']
/** The last one is npm's own account of what is installed. */
const DEPLOY_FILES = ['cdk.json', 'package.json', 'package-lock.json', 'node_modules/.package-lock.json']

/** A name that changes with any of the sources, or with the Node that runs them. */
export function hashOfSources(project: string): string {
  const hash = createHash('sha256').update(process.version)
  const names = DEPLOY_FOLDERS.flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  )
  for (const file of [...names.sort(), ...DEPLOY_FILES.map((name) => join(project, name))]) {
    const content = readFileSync(file)
    hash.update(`${file.slice(project.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex').slice(0, 24)
}

/** How many sets of bundles stay beside the newest: whoever goes back and forth between two branches has both. */
const OLDER_BUNDLES = 3

/** Where the bundles of these sources are kept; those of sources long changed are removed. */
export function bundlesOf(sources: string, install: string): string {
  const parent = join(install, 'bundles')
  const others = existsSync(parent) ? readdirSync(parent).filter((name) => name !== sources) : []
  const byAge = others.map((name) => join(parent, name)).toSorted((a, b) => changedAt(b) - changedAt(a))
  for (const folder of byAge.slice(OLDER_BUNDLES)) rmSync(folder, { recursive: true, force: true })
  return join(parent, sources)
}

/** Long ago where it is gone: another process may have moved its fresh bundles into their place. */
function changedAt(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
