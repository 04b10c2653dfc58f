/** One step of the benchmark of a large month, as a process of its own: `node month-step.ts STEP FOLDER ROWS`. */
import { BarWords } from '../../lake/compaction/bar-buffer.ts'
import type { BarColumns } from '../../lake/compaction/bar-columns.ts'
import { commit } from '../../lake/iceberg/commit.ts'
import { dataFileOf } from '../../lake/iceberg/data-file.ts'
import type { DataFile } from '../../lake/iceberg/manifest.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import { MonthWriter } from '../../lambdas/compactor/month-writer.ts'
import { runCompaction } from '../../lambdas/compactor/run.ts'
import { compactionOn, RETENTION, tableOn } from '../support/compaction.ts'
import { FolderObjectStore } from '../support/folder-object-store.ts'
import { land, landed, putLedger } from '../support/lake-builder.ts'
import { CountingStore } from './counting-store.ts'

const MONTH = '2026-10'
const OPENS = Date.UTC(2026, 9, 1, 13, 30)
const NOW = Date.UTC(2026, 10, 1, 12)
/** Of a trading month. */
const MINUTES = 390 * 21
/** Some 3.3 million rows: files are cut beyond four. */
const SYMBOLS_A_FILE = 400
const PARTITIONS = 12

const [step = '', folder = '', rowsText = ''] = process.argv.slice(2)
const symbols = Math.round(Number(rowsText) / MINUTES)
const store = new CountingStore(new FolderObjectStore(folder))
let files = 0
// Names have to be new in each process.
const freshId = () => `${step.replaceAll(/\W/g, '')}-${String(++files).padStart(6, '0')}`

/** The month as compaction leaves it, in one snapshot. */
async function seed(): Promise<void> {
  const table = tableOn(store)
  const picks = Int32Array.from({ length: MINUTES }, (_, row) => row)
  const added: DataFile[] = []
  for (let first = 0; first < symbols; first += SYMBOLS_A_FILE) {
    const count = Math.min(SYMBOLS_A_FILE, symbols - first)
    const words = new BarWords()
    const out = new MonthWriter({
      parquet: parquetGroups,
      table: table.dataTable,
      month: MONTH,
      words,
      rows: count * MINUTES,
    })
    const bodies: Uint8Array[] = []
    for (let i = first; i < first + count; i++) {
      const fresh = words.adopt(symbolBars(i))
      bodies.push(...out.add({ picks, fresh, standing: fresh }))
    }
    for (const body of [...bodies, ...out.finish()]) {
      const path = `${table.files.location}/data/month=${MONTH}/sorted-${freshId()}.parquet`
      await table.files.write(path, body, 'application/vnd.apache.parquet')
      added.push(dataFileOf({ path, body, month: MONTH }, table.shape))
    }
  }
  const changes = [{ month: MONTH, seen: [], replaced: [], added }]
  const change = { id: 'seed', base: undefined, changes, summaryOn: async () => ({}) }
  await commit(table, change, { now: NOW, freshId, retention: RETENTION })
}

/** A walk in cents, as prices are; numbers as even as a hash. */
function symbolBars(symbol: number): BarColumns {
  const text = (word: string) => ({ codes: new Int32Array(MINUTES), words: [word] })
  const numbers = (of: (row: number) => number) => Float64Array.from({ length: MINUTES }, (_, row) => of(row))
  let random = symbol + 1
  const randoms = numbers(() => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    return random
  })
  let cents = 5_000 + symbol
  const prices = randoms.map((each) => {
    cents = Math.max(100, cents + (each % 21) - 10)
    return cents
  })
  const close = prices.map((each, row) => (each + ((randoms[row] ?? 0) % 5)) / 100)
  const sent = numbers((row) => OPENS + row * 60_000 + 1_500)
  return {
    symbol: text(symbolAt(symbol)),
    interval: text('1m'),
    ts_event: numbers((row) => OPENS + row * 60_000),
    open: prices.map((each) => each / 100),
    high: prices.map((each) => (each + 7) / 100),
    low: prices.map((each) => (each - 6) / 100),
    close,
    adj_close: close,
    volume: randoms.map((each) => each % 100_000),
    source: text('vendor'),
    run_id: text('run'),
    ts_sent: sent,
    ts_recv: sent.map((each, row) => each + 100 + ((randoms[row] ?? 0) % 50)),
    topic: text('market.bars'),
    kafka_partition: numbers(() => symbol % PARTITIONS),
    kafka_offset: numbers((row) => row * Math.ceil(symbols / PARTITIONS) + Math.floor(symbol / PARTITIONS)),
  }
}

function symbolAt(i: number): string {
  return `S${String(i).padStart(5, '0')}`
}

/** The next minutes' bars of some symbols, as even as they come, landed and compacted. */
async function nextBars(bars: number, of: number): Promise<void> {
  const partition = 100 + of
  const rows = Array.from({ length: bars }, (_, i) =>
    landed({
      symbol: symbolAt(Math.floor(((i % of) * symbols) / of)),
      interval: '1m',
      ts_event: OPENS + (MINUTES + Math.floor(i / of)) * 60_000,
      ts_recv: NOW,
      ts_sent: NOW,
      kafka_partition: partition,
      kafka_offset: i,
    }),
  )
  await land(store, rows, freshId())
  await putLedger(store, { partition, next: bars })
}

const STEPS: Readonly<Record<string, () => Promise<void>>> = {
  seed,
  'one symbol': () => nextBars(1_000, 1),
  'ten symbols': () => nextBars(1_000, 10),
  'all symbols': () => nextBars(symbols, symbols),
}

const run = STEPS[step]
if (!run) throw new Error(`There is no step "${step}".`)
await run()
const cpuBefore = step === 'seed' ? { user: 0, system: 0 } : process.cpuUsage()
const began = performance.now()
if (step !== 'seed') {
  store.take()
  await runCompaction({ ...compactionOn(store, NOW), freshId })
}
const requests = store.take()
const seconds = step === 'seed' ? process.uptime() : (performance.now() - began) / 1_000
const { user, system } = process.cpuUsage()
const cpuSeconds = (user + system - cpuBefore.user - cpuBefore.system) / 1e6
const table = tableOn(store)
const live = await table.liveFiles(await table.current())
const rows = live.reduce((sum, file) => sum + file.rows, 0)
const peakMb = process.resourceUsage().maxRSS / 1_024
process.stdout.write(JSON.stringify({ step, seconds, cpuSeconds, peakMb, rows, files: live.length, requests }))
