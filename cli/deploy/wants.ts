/** What the templates of a stage ask of an account, beside what CloudFormation itself looks at. */
import { type AssembledStack, resourcesOf } from './assembly.ts'

export interface WantedBrokers {
  readonly stack: string
  readonly kafkaVersion: string
  readonly count: number
}

export interface WantedZones {
  readonly count: number
  /** By their ids; none where the first zones of the region are taken. */
  readonly ids: readonly string[]
}

export interface WantedFunction {
  readonly stack: string
  readonly logicalId: string
  readonly reserved: number
}

export interface WantedLake {
  readonly stack: string
  /** Undefined where CloudFormation names the bucket. */
  readonly bucket: string | undefined
  readonly database: string | undefined
}

export interface Wants {
  readonly bootstrapVersion: number | undefined
  readonly lake: WantedLake
  readonly brokers: WantedBrokers | undefined
  readonly zones: WantedZones | undefined
  readonly reserving: readonly WantedFunction[]
}

export function wantsOf(stacks: readonly AssembledStack[]): Wants {
  const versions = stacks.flatMap(({ bootstrapVersion }) => bootstrapVersion ?? [])
  return {
    bootstrapVersion: versions.length > 0 ? Math.max(...versions) : undefined,
    lake: lakeOf(stacks),
    brokers: brokersOf(stacks),
    zones: zonesOf(stacks),
    reserving: stacks.flatMap(reservingOf),
  }
}

/** The bucket that data is in has versions; the one with its access logs has none. */
function lakeOf(stacks: readonly AssembledStack[]): WantedLake {
  for (const { name: stack, template } of stacks) {
    const buckets = Object.values(resourcesOf(template, 'AWS::S3::Bucket'))
    const bucket = buckets.find((each) => 'VersioningConfiguration' in each)
    if (!bucket) continue
    const [database] = Object.values(resourcesOf(template, 'AWS::Glue::Database'))
    const { Name } = (database?.['DatabaseInput'] ?? {}) as { readonly Name?: string }
    return { stack, bucket: textOf(bucket['BucketName']), database: Name }
  }
  throw new TypeError('The templates have no bucket of the lake.')
}

function brokersOf(stacks: readonly AssembledStack[]): WantedBrokers | undefined {
  for (const { name: stack, template } of stacks) {
    const [cluster] = Object.values(resourcesOf(template, 'AWS::MSK::Cluster'))
    if (!cluster) continue
    return {
      stack,
      kafkaVersion: String(cluster['KafkaVersion']),
      count: Number(cluster['NumberOfBrokerNodes']),
    }
  }
  return undefined
}

function zonesOf(stacks: readonly AssembledStack[]): WantedZones | undefined {
  const subnets = stacks.flatMap(({ template }) => Object.values(resourcesOf(template, 'AWS::EC2::Subnet')))
  if (subnets.length === 0) return undefined
  return { count: subnets.length, ids: subnets.flatMap((each) => textOf(each['AvailabilityZoneId']) ?? []) }
}

function reservingOf({ name: stack, template }: AssembledStack): readonly WantedFunction[] {
  return Object.entries(resourcesOf(template, 'AWS::Lambda::Function')).flatMap(([logicalId, properties]) => {
    const reserved = properties['ReservedConcurrentExecutions']
    return typeof reserved === 'number' ? [{ stack, logicalId, reserved }] : []
  })
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
