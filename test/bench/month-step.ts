/** One step of the benchmark of a large month, as a process of its own: `node month-step.ts STEP FOLDER ROWS`. */
import { barBuffer } from '../../lake/compaction/bar-columns.ts'
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

const [step = '', folder = '', rowsText = ''] = process.argv.slice(2)
const symbols = Math.round(Number(rowsText) / MINUTES)
const store = new CountingStore(new FolderObjectStore(folder))
let files = 0
// Names have to be new in each process.
const freshId = () => `${step.replaceAll(/\W/g, '')}-${String(++files).padStart(6, '0')}`

/** The month as compaction leaves it, in one snapshot. */
async function seed(): Promise<void> {
  const table = tableOn(store)
  const added: DataFile[] = []
  for (let first = 0; first < symbols; first += SYMBOLS_A_FILE) {
    const count = Math.min(SYMBOLS_A_FILE, symbols - first)
    const out = new MonthWriter({
      parquet: parquetGroups,
      table: table.dataTable,
      month: MONTH,
      rows: count * MINUTES,
    })
    for (let i = first; i < first + count; i++) addSymbol(out, i)
    for (const body of out.finish()) {
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
function addSymbol(out: MonthWriter, symbol: number): void {
  const bars = barBuffer(MINUTES)
  const { columns } = bars
  bars.rows = MINUTES
  let random = symbol + 1
  let cents = 5_000 + symbol
  for (let row = 0; row < MINUTES; row++) {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    cents = Math.max(100, cents + (random % 21) - 10)
    columns.symbol[row] = symbolAt(symbol)
    columns.interval[row] = '1m'
    columns.ts_event[row] = OPENS + row * 60_000
    columns.open[row] = cents / 100
    columns.high[row] = (cents + 7) / 100
    columns.low[row] = (cents - 6) / 100
    columns.close[row] = (cents + (random % 5)) / 100
    columns.adj_close[row] = (cents + (random % 5)) / 100
    columns.volume[row] = random % 100_000
    columns.source[row] = 'vendor'
    columns.run_id[row] = 'run'
    columns.ts_sent[row] = OPENS + row * 60_000 + 1_500
    columns.ts_recv[row] = OPENS + row * 60_000 + 1_600 + (random % 50)
    columns.topic[row] = 'market.bars'
    columns.kafka_partition[row] = symbol % 12
    columns.kafka_offset[row] = row * Math.ceil(symbols / 12) + Math.floor(symbol / 12)
    out.add(columns, row)
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
