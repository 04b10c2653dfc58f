import { Duration } from 'aws-cdk-lib'
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import { PRICES } from '../cost/prices.ts'
import type { Stage } from '../stage.ts'
import type { LakeMetrics } from './lake-metrics.ts'
import type { ServiceMetrics } from './service-metrics.ts'
import type { WatchedAlarm } from './watched-alarm.ts'

export interface LakeDashboardProps {
  readonly stage: Stage
  readonly lake: LakeMetrics
  readonly services: ServiceMetrics
  readonly alarms: readonly WatchedAlarm[]
}

const MINUTE = Duration.minutes(1)
const DAY = Duration.days(1)

/** One screen for four questions: is data flowing, how late, how much is rejected, what does it cost. */
export class LakeDashboard extends Construct {
  constructor(scope: Construct, id: string, props: LakeDashboardProps) {
    super(scope, id)
    const { stage, alarms } = props
    new Dashboard(this, 'Dashboard', {
      dashboardName: `tickerlake-${stage.name}`,
      defaultInterval: Duration.hours(3),
      widgets: [
        [
          new TextWidget({
            markdown: `# tickerlake ${stage.name}\nWhat an alarm means: docs/runbook.md`,
            width: 6,
            height: 3,
          }),
          new AlarmStatusWidget({ alarms: alarms.map(({ alarm }) => alarm), title: 'Alarms', width: 18, height: 3 }),
        ],
        flow(props),
        rejected(props),
        cost(props),
      ],
    })
  }
}

function graph(title: string, left: IMetric[], right: IMetric[] = []): IWidget {
  return new GraphWidget({ title, left, right, width: 8, height: 6, leftYAxis: { min: 0 }, rightYAxis: { min: 0 } })
}

function flow({ stage, lake, services }: LakeDashboardProps): IWidget[] {
  return [
    graph('Is data flowing? Records a minute', [lake.sum('BarsSent', MINUTE), lake.sum('RecordsLanded', MINUTE)]),
    graph(
      'How late? From Kafka into the lake, ms',
      ['p50', 'p99', 'Maximum'].map((statistic) => lake.latency(statistic, MINUTE)),
      [services.offsetLag(MINUTE, stage.minPollers > 0)],
    ),
    graph(
      'Does it fail?',
      [services.producerErrors(MINUTE), services.consumerErrors(MINUTE), services.compactionsFailed(MINUTE)],
      [services.producerRuns(MINUTE)],
    ),
  ]
}

function rejected({ lake, services }: LakeDashboardProps): IWidget[] {
  const hour = Duration.hours(1)
  return [
    graph(
      'How much is rejected?',
      [lake.sum('RecordsRejected'), lake.filesSkipped(Duration.minutes(5))],
      [lake.rejectedPercent(hour)],
    ),
    graph('Delivered again, skipped, filled', [
      lake.sum('DuplicatesDropped'),
      lake.sum('OffsetsSkipped'),
      lake.sum('GapsFilled'),
      lake.sum('GapsGivenUp'),
    ]),
    graph('Compaction', [services.compactionsDone(hour)], [services.watched.compaction.metricTime({ period: hour })]),
  ]
}

function cost({ lake, services, stage }: LakeDashboardProps): IWidget[] {
  const consumer = services.watched.consumer.metricDuration({ statistic: 'Sum', period: DAY })
  const dollars = new MathExpression({
    label: 'consumer + storage + queries, $ a day',
    expression: `FILL(ms, 0) / 1000 * ${stage.consumerMemoryMb / 1024} * ${PRICES.lambda.gbSecondArm} + FILL(size, 0) / ${1e9} * ${PRICES.s3.gbMonth} / 30 + FILL(scanned, 0) / ${1e12} * ${PRICES.athena.tb}`,
    usingMetrics: { ms: consumer, size: services.bucketBytes(), scanned: services.scannedBytes(DAY) },
    period: DAY,
  })
  return [
    graph('What does it cost? Without the broker (docs/cost.md)', [dollars]),
    graph('What grows', [services.bucketBytes()], [lake.sum('BytesWritten', DAY)]),
    new SingleValueWidget({
      title: 'Today',
      metrics: [lake.sum('RecordsLanded', DAY), lake.sum('RecordsRejected', DAY), services.scannedBytes(DAY)],
      width: 8,
      height: 6,
    }),
  ]
}
