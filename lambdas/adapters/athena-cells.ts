/** Athena prints timestamps to the millisecond; DuckDB and Python leave zeros out and go on to microseconds. */
export function timestampCell(text: string): string {
  const [whole = '', fraction = ''] = text.split('.')
  return `${whole}.${fraction.slice(0, 3).padEnd(3, '0')}`
}
