/** `npm run bench -- forecast`: how long a model takes to be trained and to forecast 432 symbols of five years, one thread, made-up bars. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../lake/clock.ts'
import { DAY_MS } from '../../lake/instant.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { parquetGroups as parquet } from '../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { BARS } from '../../lake/tables/tables.ts'
import { artefactOf } from '../../lambdas/forecast/artefact.ts'
import { FEATURE_COUNT } from '../../lambdas/forecast/feature-table.ts'
import { HORIZONS } from '../../lambdas/forecast/horizons.ts'
import { type Panel, panelOf } from '../../lambdas/forecast/panel.ts'
import { poolOf } from '../../lambdas/forecast/pool.ts'
import { forecastLatest, type Trained, train } from '../../lambdas/forecast/training.ts'
import { isoDay } from '../../lambdas/forecast/weekdays.ts'
import { forecast } from '../../lambdas/forecaster/forecaster.ts'
import { versionOf, writeArtefact } from '../../lambdas/forecaster/model-store.ts'
import { FolderObjectStore } from '../support/folder-object-store.ts'
import { MemoryObjectStore } from '../support/memory-object-store.ts'
import { silentLog } from '../support/silent-log.ts'
import { columnsOf, walk } from '../support/walk.ts'
import type { FirstRun } from './forecast-first-run.ts'
import { lastLine } from './last-line.ts'
import type { Measure } from './measures.ts'

const SYMBOLS = 432
const BARS_EACH = 1_259
/** Read elsewhere on a machine of the same kind, one thread: statsforecast 2.1.1 AutoARIMA, 0.72 s a fit. */
const AUTO_ARIMA_SECONDS = 0.72

/** What the deployed forecaster has (infra/constructs/compaction.ts). */
const FUNCTION_MB = 3_008

const NUMBERS = ['open', 'high', 'low', 'close', 'adjClose', 'volume'] as const

/** Symbol by symbol into columns: as rows of objects the bars alone would take more memory than what is measured. */
function madeUpPanel(): Panel {
  const rows = SYMBOLS * BARS_EACH
  const column = () => new Float64Array(rows)
  const numbers = {
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    adjClose: column(),
    volume: column(),
  }
  const all = { symbol: new Array<string>(rows), day: new Int32Array(rows), ...numbers }
  for (let s = 0; s < SYMBOLS; s++) {
    const own = columnsOf(walk(`S${s}`, BARS_EACH, s + 1))
    const at = s * BARS_EACH
    all.symbol.fill(`S${s}`, at, at + BARS_EACH)
    all.day.set(own.day, at)
    for (const name of NUMBERS) numbers[name].set(own[name], at)
  }
  return panelOf(all)
}

/** CPU seconds of one run, and what it gave: on a shared machine the clock counts other people's work. */
async function timed<T>(run: () => T | Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const before = process.cpuUsage()
  const result = await run()
  const { user, system } = process.cpuUsage(before)
  return { result, seconds: (user + system) / 1e6 }
}

/** Puts the panel's bars into a lake, a file a month. */
async function putBars(panel: Panel, store: ObjectStore): Promise<void> {
  const encoder = parquetEncoder()
  const rows = Array.from(panel.day.keys())
  for (const [month, of] of Map.groupBy(rows, (row) => tablePartitionOf(BARS, (panel.day[row] ?? 0) * DAY_MS))) {
    const columns = BARS.columns.map(({ name, type }) => of.map((row) => cellOf(panel, row, { name, type })))
    await store.put(`${tablePartitionPrefix(BARS, month)}bars.parquet`, encoder.encode(BARS, columns))
  }
}

async function putModel(panel: Panel, trained: Trained, store: ObjectStore): Promise<void> {
  const dataFingerprint = '0'.repeat(16)
  const version = versionOf(isoDay(trained.trainedTo), dataFingerprint)
  const source = {
    version,
    dataFingerprint,
    trainedFrom: '',
    symbols: SYMBOLS,
    bars: panel.day.length,
    scores: [],
    symbolScores: {},
  }
  await writeArtefact(artefactOf(trained, source), store)
}

/** What the first run in a lake of these bars took, in a process of its own: its memory is nobody else's. */
async function firstRun(panel: Panel): Promise<FirstRun> {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-bench-'))
  try {
    await putBars(panel, new FolderObjectStore(folder))
    const program = join(import.meta.dirname, 'forecast-first-run.ts')
    return JSON.parse(await lastLine(spawn(process.execPath, [program, folder]))) as FirstRun
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function cellOf(
  panel: Panel,
  row: number,
  { name, type }: { readonly name: string; readonly type: string },
): string | number {
  if (name === 'symbol') return `S${Math.floor(row / BARS_EACH)}`
  if (name === 'interval') return '1d'
  if (name === 'ts_event') return (panel.day[row] ?? 0) * DAY_MS
  if (name === 'volume') return panel.volume[row] ?? 0
  if (name === 'adj_close') return panel.close[row] ?? 0
  if (name === 'open' || name === 'high' || name === 'low' || name === 'close') return panel[name][row] ?? 0
  return type === 'string' ? '' : 0
}

/** Prints the CPU time of training and of a daily run, and the memory that they held. */
export async function benchForecast(): Promise<readonly Measure[]> {
  const panel = madeUpPanel()
  const trained = await timed(() => train(poolOf(panel)))
  const latest = await timed(() => forecastLatest(panel, trained.result))
  const megabytes = process.resourceUsage().maxRSS / 1024
  const store = new MemoryObjectStore()
  await putBars(panel, store)
  await putModel(panel, trained.result, store)
  const log = silentLog
  const deps = { store, parquet, encoder: parquetEncoder(), clock: systemClock, log }
  const daily = await timed(() => forecast({ asOf: undefined, refit: false }, deps))
  if (daily.result.kind !== 'forecast' || daily.result.refitted) throw new Error('the daily run was not one')
  const whole = await firstRun(panel)

  process.stdout.write(`${SYMBOLS} symbols × ${BARS_EACH} bars × ${HORIZONS.length} horizons, ${FEATURE_COUNT} features

| what | CPU s |
|---|--:|
| train | ${trained.seconds.toFixed(1)} |
| forecast from all bars | ${latest.seconds.toFixed(1)} |
| train and forecast | ${(trained.seconds + latest.seconds).toFixed(1)} |
| daily run of the forecaster: read two years from a store in memory, forecast, write | ${daily.seconds.toFixed(1)} |
| first run of the forecaster: read all, train, score ten fits walk-forward, forecast, write | ${whole.cpuSeconds.toFixed(1)} |
| AutoARIMA, one fit a symbol (statsforecast 2.1.1, ${AUTO_ARIMA_SECONDS} s each) | ${(AUTO_ARIMA_SECONDS * SYMBOLS).toFixed(0)} |

Most memory held to train and forecast: ${megabytes.toFixed(0)} MB, the made-up bars included; by the first run, a process of
its own, ${whole.peakMb.toFixed(0)} MB.
`)
  const ours = trained.seconds + latest.seconds
  const theirs = AUTO_ARIMA_SECONDS * SYMBOLS
  const work = `forecast: ${SYMBOLS} symbols of ${BARS_EACH} bars, trained and forecast`
  const first = 'forecast: the first run in a lake of them, read, scored walk-forward, written'
  return [
    { work, unit: 'CPU s', ours, against: 'AutoARIMA', theirs },
    { work: first, unit: 'CPU s', ours: whole.cpuSeconds, against: 'AutoARIMA, not scored', theirs },
    { work: first, unit: 'MB of memory', ours: whole.peakMb, against: "the function's memory", theirs: FUNCTION_MB },
  ]
}
