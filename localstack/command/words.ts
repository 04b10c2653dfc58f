/** Numbers and tables for people. */
import type { QueryAnswer } from '../../lake/queries/query-engine.ts'

const grouped = new Intl.NumberFormat('en-US')

/** 1234567 → `1,234,567` */
export function count(value: number): string {
  return grouped.format(value)
}

/** Bytes as a person says them: `830 kB`, `1.2 MB`. */
export function size(bytes: number): string {
  return bytes < 1_000_000 ? `${count(Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** An answer as lines with aligned columns. */
export function grid({ columns, rows }: QueryAnswer): readonly string[] {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map((cell) => cell ?? ''))]
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  return lines.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
