import { Duration } from 'aws-cdk-lib'
import type { Role } from 'aws-cdk-lib/aws-iam'
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import { Construct } from 'constructs'
import { LAYOUT } from '../../lake/layout.ts'
import type { Stage } from '../stage.ts'
import type { LakeBucket } from './lake-bucket.ts'
import { LakeFunction } from './lake-function.ts'

export interface FetcherProps {
  readonly stage: Stage
  readonly lake: LakeBucket
  /** The role with which EventBridge Scheduler starts a function. */
  readonly schedulerRole: (target: LakeFunction) => Role
}

/**
 * Asks Yahoo Finance for what is new and appends it to history. It stands in no network: brokers need no way out, and
 * the way to the web is the one that every function outside of a VPC has.
 */
export class Fetcher extends Construct {
  readonly function: LakeFunction['function']

  constructor(scope: Construct, id: string, { stage, lake, schedulerRole }: FetcherProps) {
    super(scope, id)
    const fetcher = new LakeFunction(this, 'Fetch', {
      entry: 'lambdas/fetcher/fetcher.lambda.ts',
      description: 'Asks Yahoo Finance for what is new and appends it to the history.',
      timeout: Duration.minutes(15),
      memoryMb: 512,
      logDays: Number(stage.logDays),
      environment: {
        LAKE_BUCKET: lake.bucket.bucketName,
        STAGE: stage.name,
        SYMBOLS: stage.symbols.join(','),
        INTERVALS: stage.intervals.join(',') || '1d',
        FETCH_YEARS: String(stage.fetchYears),
        FETCH_BUDGET: String(stage.fetchBudget),
        ...(stage.yahooEndpoint === undefined ? {} : { YAHOO_ENDPOINT: stage.yahooEndpoint }),
      },
    })
    this.function = fetcher.function
    for (const prefix of [LAYOUT.history, LAYOUT.actions, LAYOUT.fetch]) lake.grantReadWrite(fetcher.role, prefix)
    const target = new LambdaInvoke(fetcher.function, {
      // The next run asks for what this one could not.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(5),
      role: schedulerRole(fetcher),
    })
    new Schedule(this, 'Regularly', {
      description: 'Asks Yahoo Finance for the symbols that are due.',
      schedule: ScheduleExpression.rate(Duration.minutes(stage.fetchMinutes)),
      target,
      enabled: stage.schedule,
    })
  }
}
