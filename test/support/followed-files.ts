/** Files of daily bars that a producer follows, by the closes that are in them. */
import type { HistoryCell, HistoryRows } from '../../lake/history/history-writer.ts'
import { DAY_MS, toIso } from '../../lake/instant.ts'
import { aProducer, type ReplayOptions } from './replays.ts'

export const FIRST = Date.UTC(2026, 0, 5)
const COLUMNS = ['Date', 'Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume']

/** Closes by the number of the day. */
export type Closes = ReadonlyMap<number, number | null>

export function fileOf(closes: Closes): HistoryRows {
  const rows = [...closes].map(([day, close]): HistoryCell[] => [
    toIso(FIRST + day * DAY_MS).slice(0, 10),
    ...[close, close, close, close, close],
    1_000,
  ])
  return { columns: COLUMNS, rows }
}

export const closes = (...values: readonly (number | null)[]): Closes => new Map(values.entries())
export type Producer = ReturnType<typeof aProducer>

/** Symbol, day and close of every bar that was sent from a message on. */
export function barsSince({ sender }: Producer, start = 0): readonly string[] {
  const bars = sender.messages.slice(start).filter(({ kind }) => kind === undefined)
  return bars.map(({ symbol, ts_event: time, close }) => `${symbol} ${String(time).slice(5, 10)} ${close}`)
}

/** A producer whose replay has come to its end. */
export async function atRest(files: Readonly<Record<string, Closes>>, options: ReplayOptions = {}) {
  const producer = aProducer({ ...options, settings: { speed: 'max', ...options.settings } })
  for (const [name, of] of Object.entries(files)) await producer.keep(`${name}.parquet`, fileOf(of))
  await producer.scheduled()
  const before = producer.sender.messages.length
  const news = async (): Promise<readonly string[]> => {
    producer.clock.advance(60_000)
    const start = producer.sender.messages.length
    await producer.scheduled()
    return barsSince(producer, start)
  }
  return { producer, before, news }
}
