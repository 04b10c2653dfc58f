/** node test/bench/stream.bench.ts [symbols]: a fetcher run and a producer run over many symbols, against the stand-in of Yahoo and a lake in memory: no network is in the numbers. */
import { type HistoryRows, historyFile } from '../../lake/history/history-writer.ts'
import { aFetcher } from '../support/fetching.ts'
import { MemoryObjectStore } from '../support/memory-object-store.ts'
import { aProducer, dailyRows } from '../support/replays.ts'
import { NEW_YORK } from '../support/yahoo-stand-in.ts'

const DAY = 86_400_000
const FETCHES = 30

async function benchStream(symbols: number): Promise<void> {
  process.stdout.write(`${symbols} symbols, a year of daily bars each; the store counts its requests\n\n`)
  await benchFetcher(symbols)
  await benchWobble(symbols)
}

async function benchFetcher(count: number): Promise<void> {
  const { store, taken } = countingStore()
  const symbols = Array.from({ length: count }, (_, i) => ({ ...NEW_YORK, symbol: `S${i}`, first: '2025-11-03' }))
  const settings = { budget: 10 * count }
  const fetching = aFetcher({ symbols, start: Date.parse('2026-11-23T22:00:00Z'), store, settings })
  const producer = aProducer({ store, settings: { speed: 'max' }, invocationMs: 3_600_000 })
  const fetched = async (): Promise<string> => {
    const { asked, bars } = await fetching.run(3_600_000)
    return `${asked} requests to Yahoo, ${bars} bars`
  }
  await measured('fetcher, all history', taken, fetched)
  await measured('producer, all of it', taken, async () => `${(await producer.scheduled()).sent} sent`)
  fetching.clock.advance(DAY)
  producer.clock.advance(DAY)
  await measured('fetcher, a day later', taken, fetched)
  await measured('producer, a day later', taken, async () => `${(await producer.scheduled()).sent} sent`)
  await measured('fetcher, nothing due', taken, fetched)
  await measured('producer, nothing new', taken, async () => `${(await producer.scheduled()).sent} sent`)
  for (const key of ['replay/cursor.json', 'replay/files.json', 'fetch/state.json']) {
    process.stdout.write(`${key}: ${store.objects.get(key)?.body.length} bytes\n`)
  }
}

/** Every file of every symbol is written again with each fetch, its prices wobbling in the seventh digit; then one dividend. */
async function benchWobble(count: number): Promise<void> {
  const { store, taken } = countingStore()
  const producer = aProducer({ store, settings: { speed: 'max' }, invocationMs: 3_600_000 })
  const history = dailyRows('2026-01-05', 20)
  const put = (i: number, rows: HistoryRows) => store.put(`history/S${i}.parquet`, historyFile(rows))
  for (let i = 0; i < count; i++) await put(i, history)
  await producer.scheduled()
  let sent = 0
  await measured(`producer, ${FETCHES} fetches that wobble`, taken, async () => {
    for (let fetch = 1; fetch <= FETCHES; fetch++) {
      for (let i = 0; i < count; i++) await put(i, wobbling(history, fetch + i))
      producer.clock.advance(60_000)
      sent += (await producer.scheduled()).sent
    }
    return `${sent} sent`
  })
  const paid = history.rows.map((row, i) => row.with(5, Number(row[5]) * (i < 12 ? 0.99 : 1)))
  await put(7, { ...history, rows: paid })
  producer.clock.advance(60_000)
  await measured('producer, one dividend of 12 bars', taken, async () => `${(await producer.scheduled()).sent} sent`)
}

function wobbling({ columns, rows }: HistoryRows, seed: number): HistoryRows {
  const factor = (i: number): number => 1 + 4e-7 * Math.sin(seed * 12.9898 + i * 78.233)
  return {
    columns,
    rows: rows.map((row, i) => row.map((cell, c) => (c > 0 && c < 6 ? Number(cell) * factor(i + c) : cell))),
  }
}

function countingStore() {
  let requests = 0
  const store = new MemoryObjectStore({
    before: () => {
      requests += 1
    },
  })
  return {
    store,
    taken: () => {
      const count = requests
      requests = 0
      return count
    },
  }
}

async function measured(what: string, requests: () => number, run: () => Promise<string>): Promise<void> {
  requests()
  const start = process.cpuUsage()
  const said = await run()
  const { user, system } = process.cpuUsage(start)
  const seconds = ((user + system) / 1e6).toFixed(1)
  const megabytes = Math.round(process.memoryUsage().rss / 1e6)
  process.stdout.write(
    `${what}: ${said}, ${requests()} store requests, ${seconds} CPU s, ${megabytes} MB resident with the lake\n`,
  )
}

await benchStream(Number(process.argv[2] ?? 10_000))
