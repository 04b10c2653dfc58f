/** A stage: its name and the setting of every knob, read from the CDK context and checked as a whole. */
import { ZONES_WITHOUT_MSK } from '../lake/deployment.ts'
import { UsageError } from '../lake/errors.ts'
import { knownZone } from '../lake/time-zone.ts'
import { type Knob, STAGE_NAMES, type StageName, turned } from './knob.ts'
import { KNOBS } from './knobs.ts'

type ValueOf<K> = K extends Knob<infer T> ? T : never
type Settings = { readonly [Name in keyof typeof KNOBS]: ValueOf<(typeof KNOBS)[Name]> }

export interface Stage extends Settings {
  readonly name: StageName
}

/** An MSK cluster; a new one's brokers are asked for while deploying, of another the functions ask themselves. */
export interface MskSource {
  readonly kind: 'arn'
  readonly arn: string
  readonly brokers?: string
}

/** A cluster that is only known by its brokers, and how to log in there. */
interface BootstrapSource {
  readonly kind: 'bootstrap'
  readonly brokers: readonly string[]
  readonly name: string
  readonly secretArn: string | undefined
}

/** Which Kafka cluster the pipeline reads and writes. */
export type ClusterSource = MskSource | BootstrapSource

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
  checkTogether(name, settings)
  return { name, ...settings }
}

/** The cluster that the knobs name; undefined where the broker stack is to make one. */
export function givenCluster({
  clusterArn,
  brokers,
  clusterName,
  brokersSecretArn,
}: Settings): ClusterSource | undefined {
  if (clusterArn !== undefined) return { kind: 'arn', arn: clusterArn }
  if (brokers.length > 0) return { kind: 'bootstrap', brokers, name: clusterName, secretArn: brokersSecretArn }
  return undefined
}

function stageNameOf(said: unknown): StageName {
  const name = STAGE_NAMES.find((each) => each === said)
  if (name) return name
  throw new UsageError(
    `The stage must be one of ${STAGE_NAMES.join(', ')}; got ${said ?? 'none'}. Give it as --stage dev, to cdk itself as -c stage=dev.`,
  )
}

/** A misspelt knob would be ignored in silence; CDK's own context keys all have a colon or an @. */
function checkSpelling(context: Context): void {
  const unknown = Object.keys(context).filter((key) => /^\w+$/.test(key) && key !== 'stage' && !(key in KNOBS))
  if (unknown.length === 0) return
  const meant = Object.keys(KNOBS).filter((knob) => unknown.some((key) => key.toLowerCase() === knob.toLowerCase()))
  const names = meant.length > 0 ? `is it ${meant.join(', ')}?` : `there are ${Object.keys(KNOBS).join(', ')}.`
  throw new UsageError(`There is no knob ${unknown.join(', ')}; ${names}`)
}

/** Knobs that are each valid and make no sense together. */
function checkTogether(name: StageName, settings: Settings): void {
  const mistake =
    clusterMistake(name, settings) ??
    emulatorMistake(name, settings) ??
    networkMistake(settings) ??
    brokerMistake(settings) ??
    keyMistake(settings) ??
    timeMistake(settings)
  if (mistake) throw new UsageError(mistake)
}

function emulatorMistake(name: StageName, { emulator, brokers, yahooEndpoint }: Settings): string | undefined {
  if (yahooEndpoint !== undefined && name !== 'local')
    return `yahooEndpoint belongs to the stage local; the stage ${name} asks Yahoo Finance. Leave it out.`
  if (emulator === 'ministack') return undefined
  if (name !== 'local')
    return `emulator=${emulator} belongs to the stage local; the stage ${name} goes to AWS. Leave it out.`
  return brokers.length > 0 ? undefined : `emulator=${emulator} has no MSK: give -c brokers=host:port,… with it.`
}

function clusterMistake(name: StageName, { clusterArn, brokers, brokersSecretArn }: Settings): string | undefined {
  const known = clusterArn !== undefined || brokers.length > 0
  if (clusterArn !== undefined && brokers.length > 0) {
    return 'Give -c clusterArn=… or -c brokers=…, not both: the pipeline reads one cluster.'
  }
  if ((name === 'local' || name === 'byo') && !known) {
    return `The stage ${name} takes a cluster of yours: give -c clusterArn=… or -c brokers=host:port,…`
  }
  if (name !== 'local' && brokers.length > 0 && brokersSecretArn === undefined) {
    return 'With -c brokers=… Lambda logs in by SASL/SCRAM: give -c brokersSecretArn=… as well.'
  }
  if (brokersSecretArn !== undefined && brokers.length === 0) {
    return 'brokersSecretArn is the login of -c brokers=…; an MSK cluster takes IAM. Leave it out.'
  }
  if (brokersSecretArn !== undefined && !/-\w{6}$/.test(brokersSecretArn)) {
    return `brokersSecretArn takes the whole ARN, with the dash and six characters at its end; got "${brokersSecretArn}".`
  }
  return undefined
}

function networkMistake(settings: Settings): string | undefined {
  const { vpcId, subnetIds, securityGroupId, vpcCidr } = settings
  if (vpcCidr.split(/[./]/).some((part) => Number(part) > 255)) {
    return `vpcCidr takes four numbers up to 255 and a length, like 10.42.0.0/20; got "${vpcCidr}".`
  }
  const given = [vpcId !== undefined, subnetIds.length > 0, securityGroupId !== undefined]
  if (!given.some(Boolean)) return undefined
  if (!given.every(Boolean)) {
    return 'The knobs vpcId, subnetIds and securityGroupId come together: give all three or none.'
  }
  if (givenCluster(settings)) return undefined
  return 'vpcId, subnetIds and securityGroupId lead to a cluster of yours; a new one gets a network of its own (vpcCidr). Leave them out, or give -c clusterArn=… or -c brokers=….'
}

function brokerMistake(settings: Settings): string | undefined {
  const { brokerKind, brokerInstance, zones, minPollers, maxPollers, endpointZones } = settings
  if (minPollers > maxPollers)
    return `minPollers is ${minPollers} and maxPollers ${maxPollers}; the first is at most the second.`
  if (minPollers === 0 && !givenCluster(settings) && endpointZones > zones)
    return `endpointZones is ${endpointZones} and zones ${zones}; the first is at most the second.`
  if (brokerKind === 'express' && zones !== 3) return `Express brokers need zones=3; got ${zones}.`
  if (brokerKind === 'serverless') return zoneMistake(settings)
  const family = brokerKind === 'express' ? 'express.' : 'kafka.'
  if (!brokerInstance.startsWith(family)) {
    return `brokerKind=${brokerKind} takes a brokerInstance that begins with ${family}; got ${brokerInstance}.`
  }
  return versionMistake(settings) ?? zoneMistake(settings)
}

/** The Kafka that the broker stack makes: what was asked for, else the newest that its kind of brokers runs for certain. */
export function kafkaVersionOf({ brokerInstance, kafkaVersion }: Settings): string {
  return kafkaVersion ?? (brokerInstance === 'kafka.t3.small' ? '3.9.x' : '3.9.x.kraft')
}

/** What CreateCluster answered with as its valid values for Express brokers in September 2026. */
const EXPRESS_VERSIONS = ['3.8.x', '3.9.x.kraft', '4.2.x.kraft']

/** MSK refuses these pairs while it makes the cluster, after the network has been made. */
function versionMistake(settings: Settings): string | undefined {
  const { brokerKind, brokerInstance } = settings
  const kafkaVersion = kafkaVersionOf(settings)
  if (brokerKind === 'express' && !EXPRESS_VERSIONS.includes(kafkaVersion)) {
    return `Express brokers take kafkaVersion ${EXPRESS_VERSIONS.join(', ')}; got ${kafkaVersion}.`
  }
  const raft = kafkaVersion.endsWith('.kraft')
  if (brokerInstance === 'kafka.t3.small' && raft) {
    return `kafka.t3.small runs no KRaft: leave kafkaVersion out, or give a larger brokerInstance for ${kafkaVersion}.`
  }
  if (!raft && Number(kafkaVersion.split('.')[0]) >= 4) {
    return `Kafka 4 has KRaft alone: give -c kafkaVersion=${kafkaVersion}.kraft; got ${kafkaVersion}.`
  }
  return undefined
}

function zoneMistake({ zoneIds, zones }: Settings): string | undefined {
  if (zoneIds.length === 0) return undefined
  const without = zoneIds.filter((id) => ZONES_WITHOUT_MSK.includes(id))
  if (without.length > 0) return `MSK makes no brokers in ${without.join(', ')}: give other zoneIds.`
  if (new Set(zoneIds).size !== zoneIds.length) return 'zoneIds names a zone twice; each broker has its own.'
  if (new Set(zoneIds.map((id) => id.split('-')[0])).size > 1) return 'zoneIds are of one region; got those of several.'
  if (zoneIds.length === zones) return undefined
  return `zoneIds names ${zoneIds.length} zones and zones is ${zones}: name as many as there are to be.`
}

function keyMistake({ lakeKeyArn, bucketName, encryption }: Settings): string | undefined {
  if (lakeKeyArn === undefined) return undefined
  if (encryption !== 'kms')
    return 'lakeKeyArn is the key of a lake with encryption=kms; give that too, or leave it out.'
  return bucketName === undefined ? 'lakeKeyArn is the key of a kept bucket: give -c bucketName=… with it.' : undefined
}

/** Spans of time that would miss each other. */
function timeMistake(settings: Settings): string | undefined {
  const unknown = settings.forecastTimes.find((time) => knownZone(time.slice(time.indexOf('@') + 1)) === undefined)
  if (unknown !== undefined)
    return `forecastTimes takes zones of the tz database, such as Asia/Tokyo; got "${unknown}".`
  const { maxRecordAgeHours, topicDays, landingDays, batchWindowSeconds, freshnessMinutes, minPollers } = settings
  if (minPollers > 0 && !givenCluster(settings) && maxRecordAgeHours >= topicDays * 24) {
    return `maxRecordAgeHours is ${maxRecordAgeHours} and topicDays ${topicDays}: a record would be gone from the topic before it goes to the on-failure destination. Keep the first below ${topicDays * 24}.`
  }
  if (!givenCluster(settings) && landingDays <= topicDays) {
    return `landingDays is ${landingDays} and topicDays ${topicDays}: landed files would be gone while the topic still has their records, and count as lost. Keep the first above ${topicDays}.`
  }
  if (batchWindowSeconds >= freshnessMinutes * 60) {
    return `batchWindowSeconds is ${batchWindowSeconds} and freshnessMinutes ${freshnessMinutes}: the alarm would ring at every batch. Make the window shorter than the freshness.`
  }
  return undefined
}
