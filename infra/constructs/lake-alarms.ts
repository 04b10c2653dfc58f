import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, type IAlarmAction, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import type { Stage } from '../stage.ts'
import { brokerWatches } from './broker-alarms.ts'
import type { BrokerMetrics } from './broker-metrics.ts'
import type { LakeMetrics } from './lake-metrics.ts'
import type { ServiceMetrics } from './service-metrics.ts'
import { WatchedAlarm, type Watches } from './watched-alarm.ts'

export interface LakeAlarmsProps {
  readonly stage: Stage
  readonly lake: LakeMetrics
  readonly services: ServiceMetrics
  /** @default - the cluster is not of MSK */
  readonly brokers?: BrokerMetrics | undefined
  /** @default - alarms only change their colour */
  readonly action?: IAlarmAction | undefined
}

const { GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator
const { BREACHING, NOT_BREACHING } = TreatMissingData
/** A lag below this is one batch on its way, growing or not. */
const LAG_WORTH_A_LOOK = 10_000

/** Every alarm of a stage. docs/runbook.md has an entry for each; a test holds the two together. */
export class LakeAlarms extends Construct {
  readonly all: readonly WatchedAlarm[]

  constructor(scope: Construct, id: string, props: LakeAlarmsProps) {
    super(scope, id)
    const parts = [flowing(props), fetching(props), failing(props), compacted(props), growing(props)]
    const alarms: Watches = Object.assign({}, ...parts)
    const brokers = brokerWatches(props.stage, props.brokers)
    this.all = Object.entries({ ...alarms, ...brokers }).map(
      ([name, alarm]) => new WatchedAlarm(this, name, { ...DEFAULTS, ...alarm, action: props.action }),
    )
  }
}

/** Most numbers are fine as long as they are 0, or not there at all. */
const DEFAULTS = {
  threshold: 0,
  comparisonOperator: GREATER_THAN_THRESHOLD,
  evaluationPeriods: 1,
  treatMissingData: NOT_BREACHING,
} as const

/** Rings where less than one comes in twice running, or nothing is told at all. */
const TOO_FEW = {
  threshold: 1,
  comparisonOperator: LESS_THAN_THRESHOLD,
  evaluationPeriods: 2,
  treatMissingData: BREACHING,
} as const

/** One failure is mended by the next try; two in three periods are worth a look. */
const OFTEN = { evaluationPeriods: 3, datapointsToAlarm: 2 } as const

function flowing({ stage, lake, services, brokers }: LakeAlarmsProps): Watches {
  const period = Duration.minutes(5)
  const stopped: Watches = {
    ProducerStopped: {
      says: 'The scheduled producer has not run for ten minutes.',
      metric: services.producerRuns(period),
      ...TOO_FEW,
    },
  }
  return {
    ...(stage.schedule ? stopped : {}),
    ...mappingStopped({ stage, services, brokers }, period),
    LagGrowing: {
      says: 'The consumer falls further and further behind the topic.',
      metric: new MathExpression({
        label: 'lag growing',
        expression: `IF(lag > ${LAG_WORTH_A_LOOK}, RATE(lag), 0)`,
        usingMetrics: { lag: services.offsetLag(period, stage.minPollers > 0) },
        period,
      }),
      evaluationPeriods: 6,
    },
    NothingLanded: {
      says: 'Bars are sent, and nothing is landed.',
      metric: lake.nothingLanded(period),
      evaluationPeriods: Math.max(2, Math.ceil(stage.freshnessMinutes / 5)),
    },
    LandingLate: {
      says: `Records take longer than ${stage.freshnessMinutes} minutes from Kafka into the lake.`,
      metric: lake.latency('Maximum', period),
      threshold: Duration.minutes(stage.freshnessMinutes).toMilliseconds(),
      evaluationPeriods: 3,
    },
  }
}

/** By what MSK knows of the group; of other brokers by the mapping's own word, which it gives in provisioned mode. */
function mappingStopped(
  { stage, services, brokers }: Pick<LakeAlarmsProps, 'stage' | 'services' | 'brokers'>,
  period: Duration,
): Watches {
  if (brokers) {
    return {
      MappingStopped: {
        says: 'Records wait in the topic and the consumer is not called: the mapping is off, or does not reach the brokers.',
        metric: services.waitingInVain(brokers.lag(period), period),
        evaluationPeriods: 3,
      },
    }
  }
  if (stage.minPollers === 0) return {}
  return {
    MappingStopped: {
      says: 'The mapping does not ask the brokers: it is off, or does not reach them.',
      metric: services.polls(period),
      ...TOO_FEW,
      evaluationPeriods: 3,
    },
  }
}

/** Only where something is fetched. */
function fetching({ stage, lake, services }: LakeAlarmsProps): Watches {
  const { fetcher } = services.watched
  if (!fetcher) return {}
  const turn = Duration.minutes(Math.max(5, stage.fetchMinutes))
  const stopped: Watches = {
    FetcherStopped: {
      says: 'The scheduled fetcher has not run for two turns.',
      metric: services.fetcherRuns(fetcher, turn),
      ...TOO_FEW,
    },
  }
  return {
    ...(stage.schedule ? stopped : {}),
    FetcherErrors: {
      says: 'Runs of the fetcher fail.',
      metric: services.fetcherErrors(fetcher, turn),
      ...OFTEN,
    },
    FetchRefused: {
      says: 'Yahoo Finance refuses requests: there are too many.',
      metric: lake.sum('FetchRefusals', Duration.hours(1)),
      evaluationPeriods: 3,
    },
    SymbolsGone: {
      says: 'Yahoo Finance no longer has a symbol that is fetched.',
      metric: lake.sum('SymbolsGone', turn),
    },
    SymbolsBehind: {
      says: 'The bars of symbols are older than their own calendars allow, or were not asked for in an hour.',
      metric: lake.symbolsBehind(turn),
      evaluationPeriods: 3,
    },
    TwoSources: {
      says: 'Two sources have sent the same bars; the newer one stands.',
      metric: lake.sum('BarsOfTwoSources', Duration.minutes(5)),
    },
  }
}

function failing({ stage, lake, services }: LakeAlarmsProps): Watches {
  const period = Duration.minutes(5)
  return {
    OnFailureObjects: {
      says: 'Lambda gave up batches; they wait in the bucket to be landed by redrive.',
      metric: services.batchesGivenUp(period, stage.minPollers > 0),
    },
    PartitionNotLanded: {
      says: 'Batches of a partition are not landed, try after try.',
      metric: lake.sum('PartitionsNotLanded', period),
      evaluationPeriods: 3,
    },
    Throttled: {
      says: 'Lambda refuses runs of the functions for want of concurrency.',
      metric: services.throttles(period),
      ...OFTEN,
    },
    ScheduleErrors: {
      says: 'EventBridge Scheduler could not start the producer or a compaction.',
      metric: services.scheduleErrors(period),
      ...OFTEN,
    },
    ProducerErrors: {
      says: 'Runs of the producer fail.',
      metric: services.producerErrors(period),
      ...OFTEN,
    },
    ConsumerErrors: {
      says: 'Invocations of the consumer fail; the batches are delivered again.',
      metric: services.consumerErrors(period),
      ...OFTEN,
    },
    OffsetsLost: {
      says: 'So many gaps are open in a ledger that the oldest were given up: their records will not be taken in again.',
      metric: lake.sum('GapsGivenUp', period),
    },
    HistorySkipped: {
      says: 'The producer cannot read files of the history and leaves them out.',
      metric: lake.filesSkipped(period),
    },
    RejectedShare: {
      says: `More than ${stage.rejectedPercent} % of an hour's records are no valid bars.`,
      metric: lake.rejectedPercent(Duration.hours(1)),
      threshold: stage.rejectedPercent,
    },
  }
}

function compacted({ stage, services }: LakeAlarmsProps): Watches {
  const turn = Duration.minutes(stage.compactMinutes)
  const behind: Watches = {
    CompactionBehind: {
      ...TOO_FEW,
      says: 'Landed files have not been compacted for two turns of the schedule.',
      metric: services.compactionsDone(turn),
    },
    ForecastMissing: {
      ...TOO_FEW,
      says: 'No forecast was made for two turns of the schedule.',
      metric: services.forecastsMade(turn),
    },
  }
  return {
    ...(stage.schedule ? behind : {}),
    CompactionFailed: { says: 'A compaction run failed.', metric: services.compactionsFailed(Duration.minutes(5)) },
  }
}

function growing({ stage, services }: LakeAlarmsProps): Watches {
  return {
    BucketSize: {
      says: `The lake is larger than ${stage.bucketGb} GB.`,
      metric: services.bucketBytes(),
      threshold: stage.bucketGb * 1e9,
    },
  }
}
