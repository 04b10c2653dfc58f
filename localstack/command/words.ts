/** Numbers and texts for people. */
const grouped = new Intl.NumberFormat('en-US')

/** 1234567 → `1,234,567` */
export function count(value: number): string {
  return grouped.format(value)
}

/** A text below another one. */
export function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}

/** Bytes as a person says them: `830 kB`, `1.2 MB`. */
export function size(bytes: number): string {
  return bytes < 1_000_000 ? `${count(Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
