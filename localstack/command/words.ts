/** Numbers for people. */
const grouped = new Intl.NumberFormat('en-US')

/** 1234567 → `1,234,567` */
export function count(value: number): string {
  return grouped.format(value)
}

/** Bytes as a person says them: `830 kB`, `1.2 MB`. */
export function size(bytes: number): string {
  return bytes < 1_000_000 ? `${count(Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
