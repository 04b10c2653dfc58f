import type { Table } from './table.ts'

/**
 * The properties by which Athena projects a table's partitions instead of looking them up (Athena's guide, "Partition
 * projection"): a new day or month is there as soon as its first file is, without a crawler's run or a right to
 * register it. `dt` reaches over the days that can hold landed files, so it follows the expiry by itself.
 *
 * @param location - of the table, without a slash at its end: `s3://bucket/landing/bars`
 * @param range - first and last value of the key, in Athena's words: `2000-01,NOW+1MONTHS`. Each value is a LIST a
 * query, so it is kept tight.
 */
export function projectionOf({ partitionKey }: Table, location: string, range: string): Record<string, string> {
  const { name, grain } = partitionKey
  return {
    classification: 'parquet',
    'projection.enabled': 'true',
    [`projection.${name}.type`]: 'date',
    [`projection.${name}.format`]: grain === 'day' ? 'yyyy-MM-dd' : 'yyyy-MM',
    [`projection.${name}.interval`]: '1',
    [`projection.${name}.interval.unit`]: grain === 'day' ? 'DAYS' : 'MONTHS',
    [`projection.${name}.range`]: range,
    'storage.location.template': `${location}/${name}=\${${name}}/`,
  }
}
