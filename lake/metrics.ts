export type MetricUnit = 'Count' | 'Milliseconds' | 'Bytes'

/** Every number that the functions write down: dashboard and alarms can watch these and no others. */
export type MetricName =
  | 'BarsFetched'
  | 'BarsOfTwoSources'
  | 'BarsSent'
  | 'BytesWritten'
  | 'DuplicatesDropped'
  | 'ChartRequests'
  | 'FetchFailures'
  | 'FetchRefusals'
  | 'GapsFilled'
  | 'GapsGivenUp'
  | 'HistoryFilesSkipped'
  | 'LandingLatency'
  | 'OffsetsSkipped'
  | 'PartitionsNotLanded'
  | 'RecordsLanded'
  | 'RecordsRejected'
  | 'SymbolsBehind'
  | 'SymbolsGone'

/** Numbers that are watched; each call adds one value to one metric. */
export interface Metrics {
  record(name: MetricName, value: number, unit: MetricUnit, dimensions?: Readonly<Record<string, string>>): void
}

/** Metrics, all with the `common` dimensions, as log lines that CloudWatch reads by itself (AWS, "Embedded metric format"): no call, no wait, no dependency. */
export function embeddedMetrics(
  write: (line: string) => void,
  now: () => number,
  common: Readonly<Record<string, string>> = {},
): Metrics {
  return {
    record(name, value, unit, own = {}) {
      const dimensions = { ...common, ...own }
      const described = {
        Namespace: METRICS_NAMESPACE,
        Dimensions: [Object.keys(dimensions)],
        Metrics: [{ Name: name, Unit: unit }],
      }
      const aws = { Timestamp: now(), CloudWatchMetrics: [described] }
      write(`${JSON.stringify({ _aws: aws, ...dimensions, [name]: value })}\n`)
    },
  }
}

/** CloudWatch namespace of the numbers that the functions write down; dashboard and alarms read it. */
export const METRICS_NAMESPACE = 'Tickerlake'
