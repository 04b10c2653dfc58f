/**
 * `npm run bench -- dashboard`: 500 symbols over ten years of daily bars, as compacted months on disk; how soon the
 * page stands and a symbol's chart is drawn, beside the same question asked as `npm run query` asks it.
 */
import type { Page } from 'playwright-core'
import { startDashboard } from '../../dashboard/server/dashboard.ts'
import { runCompaction } from '../../lambdas/compactor/run.ts'
import { startBrowser } from '../support/browser.ts'
import { compactionOn } from '../support/compaction.ts'
import { diskLake } from '../support/disk-lake.ts'
import { land, landed, putLedger } from '../support/lake-builder.ts'
import type { Measure } from './measures.ts'

const SYMBOLS = 500
const DAYS = 10 * 252
const FIRST = Date.UTC(2016, 0, 4)
const DAY_MS = 86_400_000
const SENT = Date.UTC(2026, 0, 1)
const ROUNDS = 9

export async function benchDashboard(): Promise<readonly Measure[]> {
  const { lake, store, remove } = diskLake()
  process.stderr.write(`Landing and compacting ${SYMBOLS * DAYS} bars …\n`)
  await makeLake(store)
  const onDefect = (error: unknown): never => {
    throw error
  }
  const dashboard = await startDashboard({ lake, port: 0, token: 'of-the-bench', now: Date.now, onDefect })
  const browser = await startBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.addInitScript(NOTE_PAINTED)
    const cold = await openedMs(page, `${dashboard.address}/market?symbol=S000`)
    const paints: number[] = []
    const charts: number[] = []
    const queries: number[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      const symbol = `S${String(round * 50).padStart(3, '0')}`
      queries.push(await took(() => lake.engine.run(`SELECT * FROM bars WHERE symbol = '${symbol}' ORDER BY ts_event`)))
      const { paint, chart } = await openedMs(page, `${dashboard.address}/market?symbol=${symbol}`)
      paints.push(paint)
      charts.push(chart - paint)
    }
    return measuresOf({ cold, paints, charts, queries })
  } finally {
    await browser.close()
    await dashboard.close()
    remove()
  }
}

/** Landed month by month, so that a compaction has one month at a time to hold, as a stream would bring them. */
async function makeLake(store: ReturnType<typeof diskLake>['store']): Promise<void> {
  let offset = 0
  for (let day = 0; day < DAYS; day += 21) {
    const days = Array.from({ length: Math.min(21, DAYS - day) }, (_, i) => day + i)
    const rows = days.flatMap((each) => Array.from({ length: SYMBOLS }, (_, symbol) => barOf(symbol, each, offset++)))
    await land(store, rows, `d${day}`)
  }
  await putLedger(store, { next: offset })
  await runCompaction(compactionOn(store, SENT))
}

function barOf(symbol: number, day: number, offset: number) {
  const price = 50 + (symbol % 97) + ((day * 7 + symbol) % 100) / 10
  return landed({
    symbol: `S${String(symbol).padStart(3, '0')}`,
    ts_event: FIRST + Math.floor(day / 5) * 7 * DAY_MS + (day % 5) * DAY_MS,
    open: price,
    high: price + 1,
    low: price - 1,
    close: price + 0.5,
    adj_close: price,
    volume: 1000 + day,
    kafka_offset: offset,
    ts_sent: SENT + offset,
    ts_recv: SENT + offset + 50,
  })
}

declare global {
  var chartPaintedAt: number | undefined
}

/**
 * Notes when the frame is shown that has the last price beside the drawn chart. The page does it itself: server and bench
 * are one process here, which may have work of its own by the time it asks.
 */
const NOTE_PAINTED = `
const seen = new MutationObserver(() => {
  if (!document.querySelector('.last small')) return
  seen.disconnect()
  requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.chartPaintedAt = performance.now() }))
})
seen.observe(document, { childList: true, subtree: true })`

/** From the navigation on: when the first thing is painted, and when the chart is. */
async function openedMs(page: Page, address: string): Promise<{ readonly paint: number; readonly chart: number }> {
  await page.goto(address)
  await page.waitForFunction(() => globalThis.chartPaintedAt !== undefined)
  return page.evaluate(() => {
    const [first] = performance.getEntriesByName('first-contentful-paint')
    return { paint: first?.startTime ?? Number.NaN, chart: globalThis.chartPaintedAt ?? Number.NaN }
  })
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

interface Measured {
  readonly cold: { readonly paint: number; readonly chart: number }
  readonly paints: readonly number[]
  readonly charts: readonly number[]
  readonly queries: readonly number[]
}

function measuresOf({ cold, paints, charts, queries }: Measured): readonly Measure[] {
  const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
  const measure = (work: string, ours: number): Measure => {
    return { work, unit: 'ms', ours, against: 'its bars by the query engine', theirs: median(queries) }
  }
  return [
    measure('first paint of the page', median(paints)),
    measure('chart of another symbol, from the paint on', median(charts)),
    measure('first paint, nothing read yet', cold.paint),
    measure('first chart, nothing read yet', cold.chart),
  ]
}
