/** What would stop a deployment half-way, told before it starts: rules of AWS, against what the account says of itself. */
import { ZONES_WITHOUT_MSK } from '../../lake/deployment.ts'
import { type AssembledStack, resourcesOf, type Template } from './assembly.ts'
import { clusterChange } from './cluster-change.ts'
import type { Wants } from './wants.ts'

/** What the account answered, or why it is not known; a fact that nothing needs is not there at all. */
export type Fact<T> = { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unknown'; readonly why: string }

export interface FoundStack {
  readonly status: string
  readonly template: Template
}

export interface Concurrency {
  readonly limit: number
  /** What is left to functions without a reservation. */
  readonly unreserved: number
  /** What functions of this stage hold already. */
  readonly ours: number
}

export interface Facts {
  readonly region: string
  /** The version of CDK's bootstrap stack; undefined where there is none. */
  readonly bootstrap?: Fact<number | undefined>
  /** Of this stage, by name; those that are there. */
  readonly stacks?: Fact<Readonly<Record<string, FoundStack>>>
  /** Ids, in the order in which CloudFormation takes them. */
  readonly zones?: Fact<readonly string[]>
  readonly concurrency?: Fact<Concurrency>
  /** Kafka versions that MSK makes new clusters of. */
  readonly kafkaVersions?: Fact<readonly string[]>
  /** Brokers of the account in this region. */
  readonly brokers?: Fact<number>
  readonly hasDatabase?: Fact<boolean>
  /** Whether the bucket that is named is there and ours. */
  readonly hasBucket?: Fact<boolean>
  /** The stage that this bucket is marked as. */
  readonly bucketStage?: Fact<string | undefined>
}

export interface Finding {
  readonly kind: 'stop' | 'note'
  /** What is wrong, and what to do about it. */
  readonly said: string
}

export interface Planned {
  readonly stage: string
  readonly stacks: readonly AssembledStack[]
  readonly wants: Wants
}

/** What Lambda keeps for functions without a reservation, whatever is reserved. */
const UNRESERVED_AT_LEAST = 100
/** MSK's quota of an account and region, unless it was raised. */
const BROKER_QUOTA = 90

const NAMES: Readonly<Record<Exclude<keyof Facts, 'region'>, string>> = {
  bootstrap: 'CDK’s bootstrap stack',
  stacks: 'the stacks that are there',
  zones: 'availability zones',
  concurrency: 'concurrency of functions',
  kafkaVersions: 'Kafka versions of MSK',
  brokers: 'the quota of brokers',
  hasDatabase: 'a Glue database left behind',
  hasBucket: 'the bucket to go on with',
  bucketStage: 'whose lake that bucket is',
}

type Check = (planned: Planned, facts: Facts) => string | undefined

export function findings(planned: Planned, facts: Facts): readonly Finding[] {
  const stops = CHECKS.flatMap((check) => check(planned, facts) ?? []).map((said) => ({ kind: 'stop', said }) as const)
  const unknown = Object.entries(NAMES).flatMap(([name, what]) => {
    const fact = facts[name as keyof typeof NAMES]
    return fact?.kind === 'unknown' ? [{ kind: 'note', said: `Not checked: ${what} (${fact.why}).` } as const] : []
  })
  return [...stops, ...unknown]
}

/** Whether the bucket is taken into a new stack: it is there, and its stack is not. */
export function adopts({ wants: { lake } }: Planned, facts: Facts): boolean {
  return lake.bucket !== undefined && answered(facts.hasBucket) === true && !isDeployed(facts, lake.stack)
}

const CHECKS: readonly Check[] = [
  bootstrapped,
  inGoodOrder,
  oneChange,
  sameBucket,
  bucketThere,
  bucketOurs,
  noLeftovers,
  zonesWithMsk,
  reservable,
  versionOffered,
  withinQuota,
]

function bootstrapped({ wants: { bootstrapVersion } }: Planned, { bootstrap, region }: Facts): string | undefined {
  if (bootstrapVersion === undefined || bootstrap?.kind !== 'known') return undefined
  const found = bootstrap.value
  if (found !== undefined && found >= bootstrapVersion) return undefined
  const account = '$(aws sts get-caller-identity --query Account --output text)'
  const has = found === undefined ? 'none' : `version ${found}`
  return `The account needs CDK's bootstrap stack of version ${bootstrapVersion} in ${region} and has ${has}: npx cdk bootstrap aws://${account}/${region} --app ''`
}

function inGoodOrder(_planned: Planned, facts: Facts): string | undefined {
  for (const [name, { status }] of Object.entries(answered(facts.stacks) ?? {})) {
    if (/^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED|DELETE_FAILED)$/.test(status)) {
      return `The stack ${name} is ${status} and takes no update: look at why with "aws cloudformation describe-stack-events --stack-name ${name}", then "aws cloudformation delete-stack --stack-name ${name}".`
    }
    if (status === 'UPDATE_ROLLBACK_FAILED') {
      return `The stack ${name} is stuck in a rollback: "aws cloudformation continue-update-rollback --stack-name ${name}" first.`
    }
    if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS') {
      return `Somebody is at work on the stack ${name} (${status}): wait until it is done.`
    }
  }
  return undefined
}

function oneChange({ stacks }: Planned, facts: Facts): string | undefined {
  for (const { name, template } of stacks) {
    const before = answered(facts.stacks)?.[name]?.template
    if (!before) continue
    const { updates, replacedFor, leavesZooKeeper } = clusterChange(before, template)
    if (replacedFor.length > 0) {
      return `The cluster would be replaced for ${replacedFor.join(', ')}, and every record in it that has not landed lost. Leave that as it was, or destroy the stage's broker stack first.`
    }
    if (leavesZooKeeper) {
      return 'The cluster runs with ZooKeeper, and MSK migrates to KRaft only clusters of Kafka 3.9.x in three zones and not on kafka.t3.small: give -c kafkaVersion=3.9.x to keep it, or make another cluster (docs/deploy.md, "Out of ZooKeeper").'
    }
    if (updates.length > 1) {
      return `MSK makes one change of a cluster at a time, and this deployment makes ${updates.length}: ${updates.join(', ')}. Deploy them one after the other.`
    }
  }
  return undefined
}

/** CloudFormation would make a second, empty bucket under another name, and the functions would go on in that. */
function sameBucket({ wants: { lake } }: Planned, facts: Facts): string | undefined {
  const before = answered(facts.stacks)?.[lake.stack]?.template
  if (!before) return undefined
  const [bucket] = Object.values(resourcesOf(before, 'AWS::S3::Bucket')).filter(
    (each) => 'VersioningConfiguration' in each,
  )
  const name = bucket?.['BucketName']
  if (name === lake.bucket) return undefined
  return typeof name === 'string'
    ? `The stage's lake is in the bucket ${name}: give -c bucketName=${name}, as before.`
    : `The stage has a lake, in a bucket that CloudFormation named: bucketName would leave it for another. Leave it out.`
}

function bucketThere({ wants: { lake } }: Planned, facts: Facts): string | undefined {
  if (lake.bucket === undefined || isDeployed(facts, lake.stack) || answered(facts.hasBucket) !== false)
    return undefined
  return `There is no bucket ${lake.bucket} of this account in ${facts.region} to go on with. Leave bucketName out for a new lake.`
}

function bucketOurs({ stage, wants: { lake } }: Planned, facts: Facts): string | undefined {
  const marked = answered(facts.bucketStage)
  if (marked === undefined || marked === stage || isDeployed(facts, lake.stack)) return undefined
  return `The bucket ${lake.bucket} is marked as the lake of ${marked} (its tag "stage"), and this is ${stage}. If it is to be ${stage}'s from now on: "aws s3api put-bucket-tagging --bucket ${lake.bucket} --tagging TagSet=[{Key=stage,Value=${stage}}]".`
}

function noLeftovers({ wants: { lake } }: Planned, facts: Facts): string | undefined {
  if (answered(facts.stacks) === undefined || isDeployed(facts, lake.stack) || !answered(facts.hasDatabase)) {
    return undefined
  }
  return `The Glue database ${lake.database} is there and not of this stage: give another name with -c database=…, or, if it was left behind by an older version, "aws glue delete-database --name ${lake.database}" (it holds no data, the bucket does).`
}

function zonesWithMsk({ wants }: Planned, facts: Facts): string | undefined {
  const zones = answered(facts.zones)
  if (wants.zones === undefined || zones === undefined || isDeployed(facts, wants.brokers?.stack)) return undefined
  const { count, ids } = wants.zones
  const usable = zones.filter((id) => !ZONES_WITHOUT_MSK.includes(id))
  if (usable.length < count) {
    return `The stage needs ${count} availability zones with MSK and ${facts.region} has ${usable.length}: take another region, or fewer zones (-c zones=${usable.length} with -c brokerKind=standard).`
  }
  const instead = `give -c zoneIds=${usable.slice(0, count).join(',')}`
  const foreign = ids.filter((id) => !zones.includes(id))
  if (foreign.length > 0) return `${facts.region} has no zone ${foreign.join(', ')}: ${instead}.`
  if (ids.length > 0) return undefined
  const without = zones.slice(0, count).filter((id) => ZONES_WITHOUT_MSK.includes(id))
  if (without.length === 0) return undefined
  return `One of the first ${count} zones of ${facts.region} in this account is ${without.join(', ')}, where MSK makes no brokers: ${instead}.`
}

function reservable({ wants }: Planned, facts: Facts): string | undefined {
  const concurrency = answered(facts.concurrency)
  const asked = wants.reserving.reduce((sum, { reserved }) => sum + reserved, 0)
  if (concurrency === undefined || asked === 0) return undefined
  const { limit, unreserved, ours } = concurrency
  const left = unreserved + ours - asked
  if (left >= UNRESERVED_AT_LEAST) return undefined
  return `The stage reserves ${asked} concurrent executions, and of this account's ${limit} that would leave ${left} without a reservation, where Lambda wants ${UNRESERVED_AT_LEAST}: give -c reservedConcurrency=0, or ask for more (Service Quotas, Lambda, "Concurrent executions").`
}

function versionOffered({ wants: { brokers } }: Planned, facts: Facts): string | undefined {
  const versions = answered(facts.kafkaVersions)
  if (!brokers || !versions || isDeployed(facts, brokers.stack) || versions.includes(brokers.kafkaVersion)) {
    return undefined
  }
  return `MSK makes no new clusters of Kafka ${brokers.kafkaVersion}: give -c kafkaVersion with one of ${versions.join(', ')}.`
}

function withinQuota({ wants: { brokers } }: Planned, facts: Facts): string | undefined {
  const there = answered(facts.brokers)
  if (!brokers || there === undefined || isDeployed(facts, brokers.stack)) return undefined
  if (there + brokers.count <= BROKER_QUOTA) return undefined
  return `The account has ${there} brokers in ${facts.region} and the stage makes ${brokers.count} more, above MSK's quota of ${BROKER_QUOTA}: ask for more (Service Quotas, MSK) and tell --skip-checks once you have it.`
}

function isDeployed(facts: Facts, stack: string | undefined): boolean {
  const found = stack === undefined ? undefined : answered(facts.stacks)?.[stack]
  return found !== undefined && found.status !== 'REVIEW_IN_PROGRESS'
}

function answered<T>(fact: Fact<T> | undefined): T | undefined {
  return fact?.kind === 'known' ? fact.value : undefined
}
