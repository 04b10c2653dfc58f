import { Duration } from 'aws-cdk-lib'
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions'

/** What is watched of a deployed pipeline. */
export interface Watched {
  readonly producer: IFunction
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

  consumerErrors(period: Duration): Metric {
    return this.watched.consumer.metricErrors({ period, label: 'consumer errors' })
  }

  /** Records in the topic that the consumer has not had, summed over partitions by Lambda. */
  offsetLag(period: Duration): Metric {
    return this.watched.consumer.metric('OffsetLag', { statistic: Stats.MAXIMUM, period, label: 'lag, records' })
  }

  /** Batches on their way to the on-failure destination, arrived or not (provisioned mode). */
  batchesGivenUp(period: Duration): MathExpression {
    const metric = (metricName: string): Metric =>
      new Metric({
        namespace: 'AWS/Lambda',
        metricName,
        dimensionsMap: { EventSourceMappingUUID: this.watched.mappingId },
        statistic: Stats.SUM,
        period,
      })
    return new MathExpression({
      label: 'batches given up',
      expression: 'FILL(delivered, 0) + FILL(lost, 0)',
      usingMetrics: { delivered: metric('OnFailureDestinationDeliveredEventCount'), lost: metric('DroppedEventCount') },
      period,
    })
  }

  compactionsDone(period: Duration): Metric {
    return this.watched.compaction.metricSucceeded({ period, label: 'compactions done' })
  }

  compactionsFailed(period: Duration): MathExpression {
    const { compaction } = this.watched
    return new MathExpression({
      label: 'compactions failed',
      expression: 'FILL(failed, 0) + FILL(late, 0)',
      usingMetrics: { failed: compaction.metricFailed({ period }), late: compaction.metricTimedOut({ period }) },
      period,
    })
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
