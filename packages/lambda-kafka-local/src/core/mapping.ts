/** What a poller needs to know of an event source mapping; parse-mapping.ts reads it from AWS's description. */
import type { Filter } from './filter-pattern.ts'

export interface Mapping extends RetryPolicy {
  /** The mapping's UUID. */
  readonly id: string
  /** A name or an ARN, as the Lambda API takes it. */
  readonly functionName: string
  readonly source: { readonly kind: 'msk'; readonly clusterArn: string } | { readonly kind: 'self-managed' }
  readonly brokers: readonly string[]
  readonly topics: readonly string[]
  readonly groupId: string
  readonly batchSize: number
  readonly windowMs: number
  readonly start: StartingPosition
  /** None: every record is sent. Else one that matches is enough. */
  readonly filters: readonly Filter[]
  readonly reportBatchItemFailures: boolean
  readonly onFailure: Destination | null
}

export type StartingPosition =
  | { readonly kind: 'trim-horizon' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'at-timestamp'; readonly epochMs: number }

export type Destination =
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string }
  | { readonly kind: 'sqs'; readonly arn: string }
  | { readonly kind: 'sns'; readonly arn: string }
  | { readonly kind: 'kafka'; readonly topic: string }

export interface RetryPolicy {
  /** A batch whose invocation failed is split in two. */
  readonly bisect: boolean
  /** Infinity: until the record expires. */
  readonly maxRetries: number
  /** Milliseconds; Infinity: any age. */
  readonly maxRecordAgeMs: number
}
