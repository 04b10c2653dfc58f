/**
 * node test/bench/stream.bench.ts [symbols] [fetch|wobble|past ...]: runs of the fetcher and of the producer over many
 * symbols, against the stand-in of Yahoo and a lake on disk: no network is in the numbers, and no lake in the memory.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ParquetHistory } from '../../lake/history/history-window.ts'
import { type HistoryRows, historyFile } from '../../lake/history/history-writer.ts'
import { aFetcher } from '../support/fetching.ts'
import { FolderObjectStore } from '../support/folder-object-store.ts'
import { aProducer, dailyRows } from '../support/replays.ts'
import { NEW_YORK } from '../support/yahoo-stand-in.ts'
import { CountingStore, type Requests } from './counting-store.ts'

const DAY = 86_400_000
const FETCHES = 30
const SESSIONS_OF_A_YEAR = 276
const SESSIONS_OF_TEN_YEARS = 2_520
const PARTS = { fetch: benchFetcher, wobble: benchWobble, past: benchPast }

/** The first year of bars, then a day later, then nothing. */
async function benchFetcher(bench: Bench): Promise<void> {
  const { store, count } = bench
  const symbols = Array.from({ length: count }, (_, i) => ({ ...NEW_YORK, symbol: `S${i}`, first: '2025-11-03' }))
  const settings = { budget: 10 * count }
  const fetching = aFetcher({ symbols, start: Date.parse('2026-11-23T22:00:00Z'), store, settings })
  const producer = producerOf(bench)
  const fetched = async (): Promise<string> => {
    fetching.yahoo.requests.length = 0
    const { asked, bars } = await fetching.run(3_600_000)
    return `${asked} requests to Yahoo, ${bars} bars`
  }
  await bench.measure('fetcher, all history', fetched)
  await bench.measure('producer, all of it', producer.sent)
  fetching.clock.advance(DAY)
  producer.clock.advance(DAY)
  await bench.measure('fetcher, a day later', fetched)
  await bench.measure('producer, a day later', producer.sent)
  await bench.measure('fetcher, nothing due', fetched)
  await bench.measure('producer, nothing new', producer.sent)
  await sizes(bench)
}

/** Every file of every symbol is written again with each fetch, its prices wobbling in the seventh digit; then one dividend. */
async function benchWobble(bench: Bench): Promise<void> {
  const producer = producerOf(bench)
  const history = dailyRows('2026-01-05', 20)
  const put = (i: number, rows: HistoryRows) => bench.store.put(`history/S${i}.parquet`, historyFile(rows))
  for (let i = 0; i < bench.count; i++) await put(i, history)
  await producer.sent()
  const looks: Measure[] = []
  for (let fetch = 1; fetch <= FETCHES; fetch++) {
    for (let i = 0; i < bench.count; i++) await put(i, wobbling(history, fetch + i))
    producer.clock.advance(60_000)
    looks.push(await bench.measured(producer.sent))
  }
  print(`producer, after each of ${FETCHES} fetches that wobbled`, looks)
  const paid = history.rows.map((row, i) => row.with(5, Number(row[5]) * (i < 12 ? 0.99 : 1)))
  await put(7, { ...history, rows: paid })
  producer.clock.advance(60_000)
  await bench.measure('producer, one dividend of 12 bars', producer.sent)
}

function wobbling({ columns, rows }: HistoryRows, seed: number): HistoryRows {
  const factor = (i: number): number => 1 + 4e-7 * Math.sin(seed * 12.9898 + i * 78.233)
  return {
    columns,
    rows: rows.map((row, i) => row.map((cell, c) => (c > 0 && c < 6 ? Number(cell) * factor(i + c) : cell))),
  }
}

/** Files as somebody has uploaded them: a year of every symbol, then one more day; ten years of every tenth. */
async function benchPast(bench: Bench): Promise<void> {
  const put = async (sessions: number, every = 1): Promise<void> => {
    const body = historyFile(dailyRows('2016-01-04', sessions))
    for (let i = 0; i < bench.count; i += every) await bench.store.put(`history/S${i}.parquet`, body)
  }
  const producer = producerOf(bench)
  await put(SESSIONS_OF_A_YEAR)
  await bench.measure('producer, a year of all symbols', producer.sent)
  await put(SESSIONS_OF_A_YEAR + 1)
  producer.clock.advance(60_000)
  await bench.measure('producer, a day later', producer.sent)
  await put(SESSIONS_OF_TEN_YEARS, 10)
  producer.clock.advance(60_000)
  await bench.measure('producer, ten years of every tenth symbol, followed', producer.sent)
  await sizes(bench)
}

async function sizes({ store }: Bench): Promise<void> {
  for (const key of ['replay/cursor.json', 'replay/files.json', 'fetch/state.json']) {
    const found = await store.get(key)
    if (found) process.stdout.write(`${key}: ${found.size} bytes\n`)
  }
}

/** One warm function after the other, which keeps what it has opened, and a broker that forgets. */
function producerOf({ store }: Bench) {
  const producer = aProducer({ store, settings: { speed: 'max' }, invocationMs: 3_600_000 })
  const warm = {
    history: new ParquetHistory(store, 'history/'),
    sender: { send: async () => {}, close: async () => {} },
  }
  const sent = async (): Promise<string> => `${(await producer.invoke({ kind: 'scheduled' }, warm)).sent} sent`
  return { clock: producer.clock, sent }
}

class Bench {
  readonly count: number
  readonly store: CountingStore

  constructor(count: number, folder: string) {
    this.count = count
    this.store = new CountingStore(new FolderObjectStore(folder))
  }

  async measure(what: string, run: () => Promise<string>): Promise<void> {
    print(what, [await this.measured(run)])
  }

  async measured(run: () => Promise<string>): Promise<Measure> {
    this.store.take()
    const start = process.cpuUsage()
    const said = await run()
    const { user, system } = process.cpuUsage(start)
    return { ...this.store.take(), said, seconds: (user + system) / 1e6 }
  }
}

interface Measure extends Requests {
  readonly said: string
  /** Of the processor. */
  readonly seconds: number
}

/** The sum of what was measured, and what each said where it is not what all others did. */
function print(what: string, all: readonly Measure[]): void {
  const total = (of: 'get' | 'put' | 'list' | 'seconds') => all.reduce((sum, one) => sum + one[of], 0)
  const said = [...new Set(all.map((one) => one.said))].join('; ')
  const requests = `${total('get')} GETs, ${total('put')} PUTs, ${total('list')} LISTs`
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1e3)
  process.stdout.write(
    `${what}: ${said}, ${requests}, ${total('seconds').toFixed(1)} CPU s, ${megabytes} MB at most so far\n`,
  )
}

async function benchStream(symbols: number, parts: readonly string[]): Promise<void> {
  for (const [name, bench] of Object.entries(PARTS)) {
    if (parts.length > 0 && !parts.includes(name)) continue
    const folder = mkdtempSync(join(tmpdir(), 'stream-bench-'))
    process.stdout.write(`${name}: ${symbols} symbols\n`)
    try {
      await bench(new Bench(symbols, folder))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
}

const [symbols = '10000', ...parts] = process.argv.slice(2)
await benchStream(Number(symbols), parts)
