export type MetricUnit = 'Count' | 'Milliseconds' | 'Bytes'

/** Numbers that are watched; each call adds one value to one metric. */
export interface Metrics {
  record(name: string, value: number, unit: MetricUnit, dimensions?: Readonly<Record<string, string>>): void
}
