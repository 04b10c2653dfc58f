/** The bill of a stage under a load, service by service, after a year of running. */
import { givenCluster, type Stage } from '../stage.ts'
import { gbPerMonth, type Load, SECONDS_PER_MONTH } from './load.ts'
import { mergeGbSeconds } from './merge.ts'
import { PRICES } from './prices.ts'

export interface CostLine {
  readonly service: string
  readonly dollars: number
  /** How it comes about, in a few words. */
  readonly made: string
}

const HOURS = PRICES.hoursPerMonth
const DAYS = HOURS / 24

export function monthlyCost(stage: Stage, load: Load): readonly CostLine[] {
  return [
    ...broker(stage, load),
    mapping(stage),
    consumer(stage, load),
    producer(stage),
    ...fetcher(stage),
    compaction(stage, load),
    storage(stage, load),
    watching(stage),
    ...keys(stage),
    { service: 'Athena', dollars: (load.scannedGb / 1000) * PRICES.athena.tb, made: `${load.scannedGb} GB scanned` },
  ]
}

function broker(stage: Stage, load: Load): readonly CostLine[] {
  if (givenCluster(stage)) return [{ service: 'Kafka', dollars: 0, made: 'a cluster of yours' }]
  return stage.brokerKind === 'serverless' ? [serverlessBroker(stage, load)] : provisionedBroker(stage, load)
}

function serverlessBroker({ partitions, topicDays }: Stage, load: Load): CostLine {
  const { clusterHour, partitionHour, storageGbMonth, inGb, outGb } = PRICES.msk.serverless
  const { kafka } = gbPerMonth(load)
  const kept = (kafka * topicDays) / DAYS
  const dollars = HOURS * (clusterHour + partitions * partitionHour) + kafka * (inGb + outGb) + kept * storageGbMonth
  return {
    service: 'MSK Serverless',
    dollars,
    made: `cluster, ${partitions} partitions, ${kafka.toFixed(1)} GB in and out`,
  }
}

function provisionedBroker(stage: Stage, load: Load): readonly CostLine[] {
  const { brokerInstance, brokerKind, zones, brokerStorageGb, topicDays } = stage
  const { kafka } = gbPerMonth(load)
  const hour = PRICES.msk.brokerHour[brokerInstance]
  const brokers: CostLine = {
    service: 'MSK brokers',
    dollars: hour === undefined ? Number.NaN : zones * hour * HOURS,
    made: hour === undefined ? `no price of ${brokerInstance} in infra/cost/prices.ts` : `${zones} × ${brokerInstance}`,
  }
  const express = brokerKind === 'express'
  const kept = express ? (kafka * topicDays) / DAYS : zones * Math.max(brokerStorageGb, (kafka * topicDays) / DAYS)
  const written = express ? kafka * PRICES.msk.expressIngressGb : 0
  return [
    brokers,
    { service: 'MSK storage', dollars: kept * PRICES.msk.storageGbMonth + written, made: `${kept.toFixed(1)} GB` },
  ]
}

/** A unit has room for ten at first, and fewer the more each of them reads (up to 20 MB/s in all). */
const POLLERS_PER_UNIT = 10

/** Pollers of their own, or the endpoints that on-demand pollers need in the broker's network. */
export function mapping(stage: Stage): CostLine {
  const { minPollers, endpointZones } = stage
  if (minPollers > 0) {
    const units = Math.ceil(minPollers / POLLERS_PER_UNIT)
    const dollars = units * PRICES.lambda.pollerUnitHour * HOURS
    return { service: 'Lambda pollers', dollars, made: `${units} unit for ${minPollers} provisioned` }
  }
  if (givenCluster(stage)) return { service: 'Lambda pollers', dollars: 0, made: 'on demand, in a network of yours' }
  const dollars = 2 * endpointZones * PRICES.vpc.endpointZoneHour * HOURS
  const zones = endpointZones === 1 ? 'one zone' : `${endpointZones} zones`
  return { service: 'Lambda pollers', dollars, made: `on demand; endpoints of Lambda and STS in ${zones}` }
}

/** Every partition's window makes an invocation at most, and two PUTs: a claim and a file. */
export function consumer(stage: Stage, load: Load): CostLine {
  const batches = batchesPerMonth(stage, load)
  const bars = load.barsPerSecond * SECONDS_PER_MONTH
  const seconds = batches * INVOCATION_SECONDS + bars * BAR_SECONDS
  const { gbSecondArm, request } = PRICES.lambda
  const dollars = seconds * (stage.consumerMemoryMb / 1024) * gbSecondArm + batches * (request + 2 * PRICES.s3.put)
  return { service: 'Consumer', dollars, made: `${Math.round(batches / 1000)}k batches and their PUTs` }
}

/** Two PUTs and a warm start; judging and encoding a bar. Measured at 1 GB, rounded up. */
export const INVOCATION_SECONDS = 0.12
export const BAR_SECONDS = 15e-6

export function batchesPerMonth({ partitions, batchWindowSeconds, batchSize }: Stage, { barsPerSecond }: Load): number {
  const bars = barsPerSecond * SECONDS_PER_MONTH
  const byWindow = (partitions * SECONDS_PER_MONTH) / Math.max(1, batchWindowSeconds)
  return Math.max(Math.min(byWindow, bars), bars / batchSize)
}

const PRODUCER_GB = 0.5
/** A scheduled run stays awake between its sends. */
const PRODUCER_SECONDS = 58

function producer({ schedule }: Stage): CostLine {
  const runs = schedule ? HOURS * 60 : 0
  const { gbSecondArm, request } = PRICES.lambda
  const dollars = runs * (PRODUCER_SECONDS * PRODUCER_GB * gbSecondArm + request + PRICES.scheduler.start)
  return {
    service: 'Producer',
    dollars,
    made: `${Math.round(runs / 1000)}k runs of a minute; replays, so only while you replay`,
  }
}

/** A request and its file take some 0.4 s, four at a time; a look that finds nothing due a second. */
const FETCH_SECONDS = 0.1
const LOOK_SECONDS = 1
const FETCHER_GB = 0.5
/** Of the bar's file, of what was sent of it. */
const PUTS_A_FETCH = 2
const SESSIONS = 21
const SESSION_MINUTES = 390

/** After each session at 1d, while sessions last at shorter intervals; of a list in the bucket nothing is known here. */
function fetcher({ symbols, intervals, fetchMinutes, schedule }: Stage): readonly CostLine[] {
  if (symbols.length === 0) return []
  const looks = schedule ? (HOURS * 60) / fetchMinutes : 0
  const perSymbol = (intervals.length > 0 ? intervals : ['1d']).map((interval) =>
    interval === '1d' ? SESSIONS : (SESSIONS * SESSION_MINUTES) / Math.max(fetchMinutes, Number.parseInt(interval, 10)),
  )
  const fetches = schedule ? symbols.length * perSymbol.reduce((sum, each) => sum + each, 0) : 0
  const { gbSecondArm, request } = PRICES.lambda
  const seconds = looks * LOOK_SECONDS + fetches * FETCH_SECONDS
  const dollars =
    seconds * FETCHER_GB * gbSecondArm +
    looks * (request + PRICES.scheduler.start) +
    fetches * PUTS_A_FETCH * PRICES.s3.put
  const what = symbols.includes('file') ? 'a list in the bucket, counted as one symbol' : `${symbols.length} symbols`
  return [{ service: 'Fetcher', dollars, made: `${what}, ${Math.round(fetches)} requests` }]
}

/** GB-seconds of one run's plan, tasks, commit and forecast, whatever there is to merge; transitions of its state machine. */
const RUN_GB_SECONDS = 5 + 60 + 1 + 60
const RUN_TRANSITIONS = 8

/** Every run merges into the month of the bars, of which half stands on average. */
function compaction(stage: Stage, load: Load): CostLine {
  const { schedule, compactMinutes } = stage
  const runs = schedule ? (HOURS * 60) / compactMinutes : 0
  const reading = batchesReadAgain(load)
  const merged = (load.barsPerSecond * SECONDS_PER_MONTH) / 2
  const gbSeconds = RUN_GB_SECONDS + mergeGbSeconds(merged, stage)
  const dollars =
    runs * (gbSeconds * PRICES.lambda.gbSecondArm + RUN_TRANSITIONS * PRICES.stepFunctions.transition) + reading
  const made = `${Math.round(runs)} runs, each of which writes ${(merged / 1e6).toFixed(1)} million rows again on average`
  return { service: 'Compaction and forecasts', dollars, made }
}

/** Every landed file is read twice: to plan and to merge. */
function batchesReadAgain({ barsPerSecond }: Load): number {
  return 2 * Math.min(barsPerSecond * SECONDS_PER_MONTH, 1e6) * PRICES.s3.get
}

function storage({ landingDays }: Stage, load: Load): CostLine {
  const { landed, compacted } = gbPerMonth(load)
  const gb = landed * Math.min(12, landingDays / DAYS) + compacted * 12
  return { service: 'S3 storage', dollars: gb * PRICES.s3.gbMonth, made: `${gb.toFixed(1)} GB after a year` }
}

/**
 * Metrics behind the alarms that every cloud stage has, behind those of a mapping in provisioned mode, and of any cluster
 * of MSK. Of other brokers it is one: whether a mapping in provisioned mode asks them.
 */
const ALARM_METRICS = 23
const POLLER_ALARM_METRICS = 1
const LAG_ALARM_METRICS = 2
/** With a schedule; without one FetcherStopped is missing. */
const FETCHER_ALARM_METRICS = 6
const OWN_METRICS = 11
const FETCHER_METRICS = 6
const POLLER_METRICS = 12
/** Of each Express broker, whose throttling is told from the level PER_BROKER on; about as many as MSK's guide lists. */
const EXPRESS_METRICS = 20
const LOG_GB = 1

function watching(stage: Stage): CostLine {
  const { alarmMetric, metric, dashboard, logGb } = PRICES.cloudwatch
  if (stage.name === 'local') return { service: 'CloudWatch', dollars: 0, made: 'nothing is watched' }
  const pollers = stage.minPollers > 0
  const isFetching = stage.symbols.length > 0
  const own = OWN_METRICS + (isFetching ? FETCHER_METRICS : 0)
  const metrics = own + (pollers ? POLLER_METRICS : 0) + brokerMetrics(stage)
  const lag = givenCluster(stage)?.kind === 'bootstrap' ? Number(pollers) : LAG_ALARM_METRICS
  const always = ALARM_METRICS + (isFetching ? FETCHER_ALARM_METRICS : 0)
  const alarms = always + (pollers ? POLLER_ALARM_METRICS : 0) + lag + brokerAlarmMetrics(stage)
  const dollars = alarms * alarmMetric + metrics * metric + dashboard + LOG_GB * logGb
  return {
    service: 'CloudWatch',
    dollars,
    made: `alarms on ${alarms} metrics, ${metrics} that are billed, a dashboard, ${LOG_GB} GB of logs`,
  }
}

function brokerMetrics(stage: Stage): number {
  return !givenCluster(stage) && stage.brokerKind === 'express' ? stage.zones * EXPRESS_METRICS : 0
}

/** One for the controller, two a broker for its CPU; then by the kind of brokers. */
function brokerAlarmMetrics(stage: Stage): number {
  const { brokerKind, brokerInstance, zones } = stage
  if (givenCluster(stage) || brokerKind === 'serverless') return 0
  const any = 1 + 2 * zones
  if (brokerKind === 'express') return any + 2 * zones
  const credits = brokerInstance.startsWith('kafka.t3.') ? zones : 0
  return any + 1 + 2 * zones + credits
}

function keys(stage: Stage): readonly CostLine[] {
  if (stage.encryption !== 'kms') return []
  // Serverless brokers take no key of ours.
  const count = givenCluster(stage) || stage.brokerKind === 'serverless' ? 1 : 2
  return [{ service: 'KMS', dollars: count * PRICES.kms.keyMonth, made: count === 1 ? '1 key' : '2 keys' }]
}
