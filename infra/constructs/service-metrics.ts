import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import { GIVEN_UP_FILTER } from './lake-bucket.ts'

/** What is watched of a deployed pipeline. */
export interface Watched {
  readonly producer: IFunction
  /** @default - nothing is fetched */
  readonly fetcher?: IFunction
  readonly consumer: IFunction
  readonly mappingId: string
  readonly compaction: IStateMachine
  readonly forecaster: IFunction
  readonly bucket: Pick<IBucket, 'bucketName'>
  readonly workgroup: string
}

/** The numbers that AWS's services keep of the pipeline's parts. */
export class ServiceMetrics {
  readonly watched: Watched

  constructor(watched: Watched) {
    this.watched = watched
  }

  producerRuns(period: Duration): Metric {
    return this.watched.producer.metricInvocations({ period, label: 'producer runs' })
  }

  producerErrors(period: Duration): Metric {
    return this.watched.producer.metricErrors({ period, label: 'producer errors' })
  }

  fetcherRuns(fetcher: IFunction, period: Duration): Metric {
    return fetcher.metricInvocations({ period, label: 'fetcher runs' })
  }

  fetcherErrors(fetcher: IFunction, period: Duration): Metric {
    return fetcher.metricErrors({ period, label: 'fetcher errors' })
  }

  consumerErrors(period: Duration): Metric {
    return this.watched.consumer.metricErrors({ period, label: 'consumer errors' })
  }

  /**
   * Records in the topic that the consumer has not had. In provisioned mode the mapping says it, summed over its
   * partitions, to whoever asks for KafkaMetrics (AWS, "Event source mapping metrics"); else Lambda does, by function.
   */
  offsetLag(period: Duration, provisioned: boolean): Metric {
    const how = { statistic: Stats.MAXIMUM, period, label: 'lag, records' }
    if (!provisioned) return this.watched.consumer.metric('OffsetLag', how)
    const dimensionsMap = { EventSourceMappingUUID: this.watched.mappingId }
    return new Metric({ namespace: 'AWS/Lambda', metricName: 'SumOffsetLag', dimensionsMap, ...how })
  }

  /** Rounds of asking the brokers, empty ones too, in provisioned mode: a mapping that is off tells nothing at all. */
  polls(period: Duration): Metric {
    const dimensionsMap = { EventSourceMappingUUID: this.watched.mappingId }
    const statistic = Stats.SAMPLE_COUNT
    return new Metric({ namespace: 'AWS/Lambda', metricName: 'PolledEventCount', dimensionsMap, statistic, period })
  }

  /** Records wait, as the brokers say, and the consumer is not called: 1, else 0. */
  waitingInVain(lag: Metric, period: Duration): MathExpression {
    return new MathExpression({
      label: 'records wait in vain',
      expression: 'IF(FILL(lag, 0) > 0 AND FILL(runs, 0) == 0, 1, 0)',
      usingMetrics: { lag, runs: this.watched.consumer.metricInvocations({ period }) },
      period,
    })
  }

  /**
   * Batches in the on-failure destination: S3 counts what is put there, in every mode. In provisioned mode those too that
   * did not arrive.
   */
  batchesGivenUp(period: Duration, provisioned: boolean): IMetric {
    const kept = this.#sum('AWS/S3', 'PutRequests', period, {
      BucketName: this.watched.bucket.bucketName,
      FilterId: GIVEN_UP_FILTER,
    })
    if (!provisioned) return kept
    const lost = this.#sum('AWS/Lambda', 'DroppedEventCount', period, {
      EventSourceMappingUUID: this.watched.mappingId,
    })
    return this.#total('batches given up', { kept, lost }, period)
  }

  throttles(period: Duration): IMetric {
    const { producer, consumer, forecaster } = this.watched
    const refused = { producer, consumer, forecaster }
    const metrics = Object.entries(refused).map(([name, each]) => [name, each.metricThrottles({ period })] as const)
    return this.#total('runs refused', Object.fromEntries(metrics), period)
  }

  /** Of the default schedule group, where the schedules of the stages are. */
  scheduleErrors(period: Duration): Metric {
    return this.#sum('AWS/Scheduler', 'TargetErrorCount', period, { ScheduleGroup: 'default' })
  }

  #sum(namespace: string, metricName: string, period: Duration, dimensionsMap: Record<string, string>): Metric {
    return new Metric({ namespace, metricName, dimensionsMap, statistic: Stats.SUM, period })
  }

  /** Numbers that are missing are 0. */
  #total(label: string, usingMetrics: Record<string, IMetric>, period: Duration): MathExpression {
    const terms = Object.keys(usingMetrics).map((name) => `FILL(${name}, 0)`)
    return new MathExpression({ label, expression: terms.join(' + '), usingMetrics, period })
  }

  compactionsDone(period: Duration): Metric {
    return this.watched.compaction.metricSucceeded({ period, label: 'compactions done' })
  }

  compactionsFailed(period: Duration): MathExpression {
    const { compaction } = this.watched
    const metrics = { failed: compaction.metricFailed({ period }), late: compaction.metricTimedOut({ period }) }
    return this.#total('compactions failed', metrics, period)
  }

  forecastsMade(period: Duration): MathExpression {
    const { forecaster } = this.watched
    return new MathExpression({
      label: 'forecasts made',
      expression: 'FILL(runs, 0) - FILL(errors, 0)',
      usingMetrics: { runs: forecaster.metricInvocations({ period }), errors: forecaster.metricErrors({ period }) },
      period,
    })
  }

  /** Told once a day by S3. */
  bucketBytes(): Metric {
    return new Metric({
      namespace: 'AWS/S3',
      metricName: 'BucketSizeBytes',
      dimensionsMap: { BucketName: this.watched.bucket.bucketName, StorageType: 'StandardStorage' },
      statistic: Stats.MAXIMUM,
      period: Duration.days(1),
      label: 'lake, bytes',
    })
  }

  scannedBytes(period: Duration): Metric {
    return new Metric({
      namespace: 'AWS/Athena',
      metricName: 'ProcessedBytes',
      dimensionsMap: { WorkGroup: this.watched.workgroup },
      statistic: Stats.SUM,
      period,
      label: 'scanned by queries, bytes',
    })
  }
}
