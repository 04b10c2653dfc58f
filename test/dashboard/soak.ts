/** `npm run soak`: records land for minutes while the page is open; memory of both ends and the page's frames, minute by minute. */
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { runCommand } from '../../command/command.ts'
import { numberIn } from '../../command/option-values.ts'
import { startDashboard } from '../../dashboard/server/dashboard.ts'
import { systemClock } from '../../lake/clock.ts'
import { land } from '../../lake/ledger/land.ts'
import type { TopicLog } from '../../lake/ledger/topic-log.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { aMessage, aRecord } from '../support/bars.ts'
import { startBrowser } from '../support/browser.ts'
import { diskLake } from '../support/disk-lake.ts'

const HELP = `
Lands records through the ledger into a lake on disk while the page Stream is open in a browser, with one client that
never reads, and prints each minute what server and page hold in memory and how long the page's frames took.

  npm run soak
  npm run soak -- --minutes 2 --rate 500

Options
  --minutes N   how long (default: 10)
  --rate N      records a second (default: 1000)

Ends with 0 where memory was flat and the median minute had no frame over 100 ms, else with 1.
`

const PARTITIONS = 4
const SYMBOLS = 50
const SLOW_FRAME_MS = 100
/** Between the middle minute, when the server holds as many landed bars as it ever will, and the last. */
const FLAT = 1.3

interface Minute {
  readonly landed: number
  readonly serverMb: number
  readonly residentMb: number
  readonly pageMb: number
  readonly slowFrames: number
  readonly longestMs: number
}

/** A log of as many records as were appended; their bytes are not kept. */
class CountedLog implements TopicLog {
  readonly high = Array.from({ length: PARTITIONS }, () => 0)
  async bounds() {
    return new Map(this.high.map((high, partition) => [partition, { low: 0, high }]))
  }
  async *read(): AsyncGenerator<never> {}
  async close(): Promise<void> {}
}

await runCommand({
  help: HELP,
  options: { minutes: { type: 'string' }, rate: { type: 'string' } },
  async run({ values }, interrupted) {
    const signal = interrupted()
    const minutes = numberIn({ option: '--minutes', min: 1, max: 60 }, values.minutes ?? '10')
    const rate = numberIn({ option: '--rate', min: PARTITIONS, max: 100_000 }, values.rate ?? '1000')
    const log = new CountedLog()
    const { lake, ledgers, remove } = diskLake({ topicLog: log })
    const onDefect = (error: unknown): never => {
      throw error
    }
    const dashboard = await startDashboard({ lake, port: 0, token: 'of-the-soak', now: Date.now, onDefect })
    const browser = await startBrowser()
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    const done = new AbortController()
    const landing = landOn({ log, ledgers, rate, signal: AbortSignal.any([signal, done.signal]) })
    try {
      const deaf = connect(Number(new URL(dashboard.address).port), '127.0.0.1').pause()
      deaf.write('GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
      await page.goto(`${dashboard.address}/stream`)
      await countFrames(page)
      const told = await watched(page, { minutes, signal })
      deaf.destroy()
      return verdict(told)
    } finally {
      done.abort()
      await landing
      await browser.close()
      await dashboard.close()
      remove()
    }
  },
})

interface Landing {
  readonly log: CountedLog
  readonly ledgers: ReturnType<typeof diskLake>['ledgers']
  readonly rate: number
  readonly signal: AbortSignal
}

/** Every second a batch for each partition, as a consumer with a window of a second has them. */
async function landOn({ log, ledgers, rate, signal }: Landing): Promise<void> {
  const warm = new Map()
  const deps = {
    ledgers,
    warm,
    encoder: parquetEncoder(),
    clock: systemClock,
    freshId: randomUUID,
    random: Math.random,
  }
  const each = Math.round(rate / PARTITIONS)
  while (!signal.aborted) {
    const started = performance.now()
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const first = log.high[partition] ?? 0
      log.high[partition] = first + each
      const records = Array.from({ length: each }, (_, i) => recordOf(partition, first + i))
      await land({ topic: 'market.bars', partition, records }, deps)
    }
    await delay(Math.max(0, 1000 - (performance.now() - started)), undefined, { signal }).catch(() => undefined)
  }
}

function recordOf(partition: number, offset: number) {
  const symbol = `S${partition}${String(offset % SYMBOLS).padStart(3, '0')}`
  const minute = Math.floor(offset / SYMBOLS)
  const ts_event = new Date(Date.UTC(2020, 0, 1) + minute * 60_000).toISOString()
  const now = new Date().toISOString()
  const value = aMessage({ symbol, interval: '1m', ts_event, ts_sent: now })
  return aRecord({ topic: 'market.bars', partition, offset, value, timestamp: Date.now() })
}

async function watched(
  page: Page,
  { minutes, signal }: { readonly minutes: number; readonly signal: AbortSignal },
): Promise<readonly Minute[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const told: Minute[] = []
  process.stdout.write(
    '| minute | landed | server heap MB | server resident MB | page heap MB | frames > 100 ms | longest frame ms |\n',
  )
  process.stdout.write('|--:|--:|--:|--:|--:|--:|--:|\n')
  for (let minute = 1; minute <= minutes && !signal.aborted; minute++) {
    await delay(60_000, undefined, { signal }).catch(() => undefined)
    globalThis.gc?.()
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const { heapUsed, external, rss } = process.memoryUsage()
    const frames = await framesOf(page)
    const landed = Number((await page.locator('[data-figure=Landed]').textContent())?.replaceAll(',', ''))
    const pageMb = (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6
    const one = { landed, serverMb: (heapUsed + external) / 1e6, residentMb: rss / 1e6, pageMb, ...frames }
    told.push(one)
    const cells = [one.serverMb, one.residentMb, one.pageMb].map((mb) => mb.toFixed(1))
    process.stdout.write(
      `| ${minute} | ${landed} | ${cells.join(' | ')} | ${one.slowFrames} | ${Math.round(one.longestMs)} |\n`,
    )
  }
  return told
}

/** Begins to keep how long each frame of the page takes, in the page. */
async function countFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = globalThis as unknown as {
      frames: number[]
      requestAnimationFrame: (next: (now: number) => void) => void
    }
    kept.frames = []
    let last = performance.now()
    const next = (now: number): void => {
      kept.frames.push(now - last)
      last = now
      kept.requestAnimationFrame(next)
    }
    kept.requestAnimationFrame(next)
  })
}

async function framesOf(page: Page): Promise<Pick<Minute, 'slowFrames' | 'longestMs'>> {
  const frames = await page.evaluate(() => {
    const kept = globalThis as unknown as { frames: number[] }
    const taken = kept.frames
    kept.frames = []
    return taken
  })
  return {
    slowFrames: frames.filter((ms) => ms > SLOW_FRAME_MS).length,
    longestMs: frames.reduce((most, ms) => Math.max(most, ms), 0),
  }
}

function verdict(told: readonly Minute[]): number {
  const [warm, last] = [told[told.length >> 1], told.at(-1)]
  if (!warm || !last) return 1
  const slow = told.map(({ slowFrames }) => slowFrames).sort((a, b) => a - b)[told.length >> 1] ?? 0
  const grown = { server: last.serverMb / warm.serverMb, page: last.pageMb / warm.pageMb }
  const isFine = grown.server < FLAT && grown.page < FLAT && slow === 0
  process.stdout.write(
    `\nFrom the middle minute to the last: server × ${grown.server.toFixed(2)}, page × ${grown.page.toFixed(2)}; frames over 100 ms in the median minute: ${slow}.\n`,
  )
  return isFine ? 0 : 1
}
