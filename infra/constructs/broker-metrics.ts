import type { Duration } from 'aws-cdk-lib'
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'

/** A cluster of MSK whose numbers can be asked for, and what reads it. */
export interface WatchedCluster {
  readonly clusterName: string
  readonly brokers: number
  readonly topic: string
  readonly group: string
}

type Statistic = 'Maximum' | 'Minimum' | 'Sum' | 'Average'

/** The numbers that MSK keeps of its clusters: of the free level, but for the throttling of Express brokers. */
export class BrokerMetrics {
  readonly watched: WatchedCluster

  constructor(watched: WatchedCluster) {
    this.watched = watched
  }

  /** One number of the whole cluster. */
  cluster(metricName: string, statistic: Statistic, period: Duration): Metric {
    return this.#metric({ metricName, statistic, period })
  }

  /** The worst of the brokers, where more is worse. */
  most(metricName: string, period: Duration): MathExpression {
    return this.#over('MAX', period, { value: metricName }, 'value')
  }

  /** The worst of the brokers, where less is worse. */
  least(metricName: string, period: Duration): MathExpression {
    return this.#over('MIN', period, { value: metricName }, 'value')
  }

  /** Of the busiest broker, in percent. */
  cpu(period: Duration): MathExpression {
    return this.#over('MAX', period, { user: 'CpuUser', system: 'CpuSystem' }, 'user', 'system')
  }

  /** Records in the topic that the mapping's group has not had, as the brokers count them: they go on where the poller has stopped. */
  lag(period: Duration): Metric {
    const { group, topic } = this.watched
    const more = { 'Consumer Group': group, Topic: topic }
    return this.#metric({ metricName: 'SumOffsetLag', statistic: Stats.MAXIMUM, period, more })
  }

  #over(
    worst: 'MAX' | 'MIN',
    period: Duration,
    names: Readonly<Record<string, string>>,
    ...sum: readonly string[]
  ): MathExpression {
    const ids = Array.from({ length: this.watched.brokers }, (_, i) => i + 1)
    const usingMetrics = Object.fromEntries(
      ids.flatMap((broker) =>
        Object.entries(names).map(([name, metricName]) => [
          `${name}${broker}`,
          this.#metric({ metricName, statistic: Stats.AVERAGE, period, more: { 'Broker ID': String(broker) } }),
        ]),
      ),
    )
    const each = ids.map((broker) => sum.map((name) => `${name}${broker}`).join(' + '))
    return new MathExpression({
      label: Object.values(names).join(' + '),
      expression: `${worst}([${each.join(', ')}])`,
      usingMetrics,
      period,
    })
  }

  #metric(of: {
    readonly metricName: string
    readonly statistic: string
    readonly period: Duration
    readonly more?: Readonly<Record<string, string>>
  }): Metric {
    const { more = {}, ...metric } = of
    return new Metric({
      ...metric,
      namespace: 'AWS/Kafka',
      dimensionsMap: { 'Cluster Name': this.watched.clusterName, ...more },
    })
  }
}
