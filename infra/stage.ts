/** A stage: its name and the setting of every knob, read from the CDK context and checked as a whole. */
import { UsageError } from '../lambdas/core/errors.ts'
import { type Knob, STAGE_NAMES, type StageName, turned } from './knob.ts'
import { KNOBS } from './knobs.ts'

type ValueOf<K> = K extends Knob<infer T> ? T : never
type Settings = { readonly [Name in keyof typeof KNOBS]: ValueOf<(typeof KNOBS)[Name]> }

export interface Stage extends Settings {
  readonly name: StageName
}

/** Which Kafka cluster the pipeline reads and writes. */
export type ClusterSource =
  | { readonly kind: 'arn'; readonly arn: string }
  | { readonly kind: 'bootstrap'; readonly brokers: readonly string[]; readonly name: string }

export type Context = Readonly<Record<string, unknown>>

export function readStage(context: Context): Stage {
  const name = stageNameOf(context['stage'])
  const settings = Object.fromEntries(
    Object.entries<Knob<unknown>>(KNOBS).map(([knob, how]) => [
      knob,
      turned(how, knob, { stage: name, given: context[knob] }),
    ]),
  ) as unknown as Settings // fromEntries forgets which knob has which type; the knobs' own parsers vouch for it
  checkSpelling(context)
  checkCluster(name, settings)
  return { name, ...settings }
}

export function clusterSourceOf(stage: Stage): ClusterSource {
  if (stage.clusterArn !== undefined) return { kind: 'arn', arn: stage.clusterArn }
  return { kind: 'bootstrap', brokers: stage.brokers, name: stage.clusterName }
}

function stageNameOf(said: unknown): StageName {
  const name = STAGE_NAMES.find((each) => each === said)
  if (name) return name
  throw new UsageError(
    `The stage must be one of ${STAGE_NAMES.join(', ')}; got ${said ?? 'none'}. Give it as -c stage=dev.`,
  )
}

/** A misspelt knob would be ignored in silence; CDK's own context keys all have a colon or an @. */
function checkSpelling(context: Context): void {
  const unknown = Object.keys(context).filter((key) => /^\w+$/.test(key) && key !== 'stage' && !(key in KNOBS))
  if (unknown.length === 0) return
  throw new UsageError(`There is no knob ${unknown.join(', ')}; there are ${Object.keys(KNOBS).join(', ')}.`)
}

function checkCluster(name: StageName, { clusterArn, brokers }: Settings): void {
  if (clusterArn !== undefined && brokers.length > 0) {
    throw new UsageError('Give -c clusterArn=… or -c brokers=…, not both: the pipeline reads one cluster.')
  }
  if (clusterArn === undefined && brokers.length === 0) {
    throw new UsageError(`The stage ${name} takes a cluster of yours: give -c clusterArn=… or -c brokers=host:port,…`)
  }
}
