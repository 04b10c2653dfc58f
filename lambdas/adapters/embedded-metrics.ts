import type { Metrics } from '../ports/metrics.ts'

const NAMESPACE = 'Tickerlake'

/** Metrics as log lines that CloudWatch reads by itself (AWS, "Embedded metric format"): no call, no wait, no dependency. */
export function embeddedMetrics(write: (line: string) => void, now: () => number): Metrics {
  return {
    record(name, value, unit, dimensions = {}) {
      const described = {
        Namespace: NAMESPACE,
        Dimensions: [Object.keys(dimensions)],
        Metrics: [{ Name: name, Unit: unit }],
      }
      const aws = { Timestamp: now(), CloudWatchMetrics: [described] }
      write(`${JSON.stringify({ _aws: aws, ...dimensions, [name]: value })}\n`)
    },
  }
}
