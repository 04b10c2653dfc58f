import { parquetWriteBuffer } from 'hyparquet-writer'
import { DAY_MS } from '../../lake/instant.ts'

/** A row of a daily file; `day` counts from 1970, null: no date. */
export interface TestRow {
  readonly day: number | null
  readonly symbol: string
  readonly open: number
}

/** A Parquet file whose rows stand as they are given, in row groups of a size of one's choice. */
export function parquetOf(rows: readonly TestRow[], rowGroupSize: number, withSymbol = true): Uint8Array {
  const dates = rows.map(({ day }) => (day === null ? null : new Date(day * DAY_MS)))
  const symbol = { name: 'Symbol', data: rows.map((row) => row.symbol), type: 'STRING' } as const
  const file = parquetWriteBuffer({
    columnData: [
      { name: 'Date', data: dates, type: 'TIMESTAMP', nullable: true },
      { name: 'Open', data: rows.map(({ open }) => open), type: 'DOUBLE' },
      ...(withSymbol ? [symbol] : []),
    ],
    rowGroupSize,
  })
  return new Uint8Array(file)
}
