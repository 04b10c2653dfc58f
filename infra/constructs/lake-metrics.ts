import { Duration } from 'aws-cdk-lib'
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { METRICS_NAMESPACE, type MetricName } from '../../lake/metrics.ts'

/** The numbers that the functions write down themselves, of one stage; the names are those of the code. */
export class LakeMetrics {
  readonly #stage: string

  constructor(stage: string) {
    this.#stage = stage
  }

  sum(metricName: MetricName, period = Duration.minutes(5)): Metric {
    return this.#metric(metricName, Stats.SUM, period)
  }

  latency(statistic: string, period = Duration.minutes(5)): Metric {
    return this.#metric('LandingLatency', statistic, period)
  }

  /** History files that a run of the producer could not read; every run counts them again, so a sum would grow by itself. */
  filesSkipped(period: Duration): Metric {
    return this.#metric('HistoryFilesSkipped', Stats.MAXIMUM, period)
  }

  /** Series that should have been fetched an hour ago; every run counts them again. */
  symbolsBehind(period: Duration): Metric {
    return this.#metric('SymbolsBehind', Stats.MAXIMUM, period)
  }

  /** Rejected records in percent of the landed ones; nothing landed is nothing rejected. */
  rejectedPercent(period: Duration): MathExpression {
    return new MathExpression({
      label: 'rejected, %',
      expression: 'IF(landed > 0, 100 * rejected / landed, 0)',
      usingMetrics: { landed: this.sum('RecordsLanded', period), rejected: this.sum('RecordsRejected', period) },
      period,
    })
  }

  /** 1 where bars were sent and nothing was landed. */
  nothingLanded(period: Duration): MathExpression {
    return new MathExpression({
      label: 'sent, and nothing landed',
      expression: 'IF(FILL(sent, 0) > 0 AND FILL(landed, 0) == 0, 1, 0)',
      usingMetrics: { sent: this.sum('BarsSent', period), landed: this.sum('RecordsLanded', period) },
      period,
    })
  }

  #metric(metricName: MetricName, statistic: string, period: Duration): Metric {
    const dimensionsMap = { Stage: this.#stage }
    return new Metric({ namespace: METRICS_NAMESPACE, metricName, statistic, period, dimensionsMap })
  }
}
