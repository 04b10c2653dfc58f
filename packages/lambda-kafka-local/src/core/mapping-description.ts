/** The part of AWS's description of a mapping that counts here; answers of the SDK and hand-written JSON files both fit. */
export interface MappingDescription {
  readonly UUID?: string | undefined
  readonly FunctionArn?: string | undefined
  readonly FunctionName?: string | undefined
  /** False: the mapping is not run. */
  readonly Enabled?: boolean | undefined
  readonly EventSourceArn?: string | undefined
  readonly Topics?: readonly string[] | undefined
  readonly SelfManagedEventSource?:
    | { readonly Endpoints?: { readonly [name: string]: readonly string[] | undefined } | undefined }
    | undefined
  readonly AmazonManagedKafkaEventSourceConfig?: KafkaConfig | undefined
  readonly SelfManagedKafkaEventSourceConfig?: KafkaConfig | undefined
  readonly BatchSize?: number | undefined
  readonly MaximumBatchingWindowInSeconds?: number | undefined
  readonly StartingPosition?: string | undefined
  /** Unix seconds, an ISO text, or the SDK's Date. */
  readonly StartingPositionTimestamp?: number | string | Date | undefined
  readonly FilterCriteria?: { readonly Filters?: readonly FilterDescription[] | undefined } | undefined
  readonly FunctionResponseTypes?: readonly string[] | undefined
  readonly BisectBatchOnFunctionError?: boolean | undefined
  readonly MaximumRetryAttempts?: number | undefined
  readonly MaximumRecordAgeInSeconds?: number | undefined
  readonly DestinationConfig?:
    | {
        readonly OnFailure?: { readonly Destination?: string | undefined } | undefined
        readonly OnSuccess?: unknown
      }
    | undefined
  readonly ProvisionedPollerConfig?:
    | {
        readonly MinimumPollers?: number | undefined
        readonly MaximumPollers?: number | undefined
        readonly PollerGroupName?: string | undefined
      }
    | undefined
  /** Who may read the brokers is said to this package by its own options; of these, nothing is read. */
  readonly SourceAccessConfigurations?: unknown
  readonly MetricsConfig?: unknown
  readonly LoggingConfig?: unknown
  readonly KMSKeyArn?: unknown
  readonly Tags?: unknown
}

interface KafkaConfig {
  readonly ConsumerGroupId?: string | undefined
  readonly SchemaRegistryConfig?: unknown
  readonly ConsumptionMode?: string | undefined
}

export interface FilterDescription {
  readonly Pattern?: string | undefined
}
