/**
 * `npm run bench -- table`: what compaction and readers ask of S3, counted on a store in memory that answers after 20 ms as
 * S3 does: a plan over 20,000 files, a commit in a month of 10^8 rows at a hundredth of its size, a query without a month,
 * and the metadata over 2,000 hourly commits.
 */
import { commit } from '../../lake/iceberg/commit.ts'
import type { DataFile } from '../../lake/iceberg/manifest.ts'
import { monthNumber } from '../../lake/iceberg/single-value.ts'
import { commit as commitRun } from '../../lambdas/compactor/commit.ts'
import { PLAN_DEFAULTS, type PlannedRun, plan } from '../../lambdas/compactor/plan.ts'
import type { PlanRequest } from '../../lambdas/compactor/plan-request.ts'
import { type RunDeps, runCompaction } from '../../lambdas/compactor/run.ts'
import { runTask } from '../../lambdas/compactor/task.ts'
import { compactionOn, freshId, RETENTION, tableOn } from '../support/compaction.ts'
import { land, landed, putLedger } from '../support/lake-builder.ts'
import { MemoryObjectStore } from '../support/memory-object-store.ts'
import { CountingStore, type Requests } from './counting-store.ts'
import type { Measure } from './measures.ts'

const S3_MS = 20
const HOUR_MS = 3_600_000
const NOW = Date.UTC(2026, 10, 22, 12)
const MARCH = Date.UTC(2013, 2, 1)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

export async function benchTable(): Promise<readonly Measure[]> {
  say('| work | GET | PUT | LIST | MB read | MB written | seconds |\n|---|--:|--:|--:|--:|--:|--:|')
  const seconds = await manySmallFiles(20_000)
  await largeMonth(1_000_000, 25)
  const requests = await queryWithoutMonth(780)
  await manyCommits(2_000)
  return [
    {
      work: 'compaction of 20,000 small files',
      unit: 's',
      ours: seconds,
      against: 'one GET at a time',
      theirs: (2 * 20_000 * S3_MS) / 1e3,
    },
    {
      work: 'a query without a month, before its first row',
      unit: 'requests',
      ours: requests,
      against: '780 folders',
      theirs: 780,
    },
  ]
}

/** A run of as many files of one record, as one consumer lands them. */
async function manySmallFiles(count: number): Promise<number> {
  const store = new CountingStore(new MemoryObjectStore())
  for (let i = 0; i < count; i++)
    await land(
      store,
      [landed({ symbol: `S${i % 500}`, ts_event: MARCH + (i % 20_000) * 60_000, kafka_offset: i })],
      `f${i}`,
    )
  await putLedger(store, { next: count })
  store.take()
  store.latencyMs = S3_MS
  const deps = compactionOn(store, NOW)
  const totals = { plan: 0, tasks: 0, commit: 0 }
  let request: PlanRequest | undefined = {}
  while (request) {
    const began = performance.now()
    const planned: PlannedRun = await plan(deps, PLAN_DEFAULTS, request)
    totals.plan += tell(`plan over the next ${planned.files} of ${count} files`, store.take(), began)
    const merging = performance.now()
    for (const item of planned.tasks) await runTask(item, deps)
    totals.tasks += tell(`its ${planned.tasks.length} task`, store.take(), merging)
    const committing = performance.now()
    const state = await commitRun(planned, deps)
    totals.commit += tell('its commit', store.take(), committing)
    request = state.more ? state : undefined
  }
  return totals.plan + totals.tasks + totals.commit
}

function tell(work: string, { get, put, list, bytesRead, bytesWritten }: Requests, began: number): number {
  const seconds = (performance.now() - began) / 1e3
  const cells = [get, put, list, (bytesRead / 1e6).toFixed(2), (bytesWritten / 1e6).toFixed(2), seconds.toFixed(1)]
  say(`| ${work} | ${cells.join(' | ')} |`)
  return seconds
}

/** A month of so many rows in so many files, and two hours' new bars in it: of one symbol, and of all. */
async function largeMonth(rows: number, files: number): Promise<void> {
  const symbols = 500
  const memory = new MemoryObjectStore()
  const store = new CountingStore(memory)
  const deps: RunDeps = { ...compactionOn(store, NOW), mostFileRows: rows / files }
  const bar = (i: number, kafka_offset: number) =>
    landed({
      symbol: `S${String(i % symbols).padStart(4, '0')}`,
      ts_event: MARCH + Math.floor(i / symbols) * 60_000,
      interval: '1m',
      kafka_offset,
    })
  let next = 0
  const landRows = async (count: number, of: (i: number) => number) => {
    const batch = Array.from({ length: count }, (_, i) => bar(of(i), next + i))
    await land(store, batch, freshId())
    next += count
    await putLedger(store, { next })
  }
  for (let from = 0; from < rows; from += 50_000) await landRows(50_000, (i) => from + i)
  await runCompaction(deps)
  store.take()
  const hours = {
    'of one symbol': (i: number) => rows + i * symbols,
    'of all 500 symbols': (i: number) => rows + 100_000 + i,
  }
  for (const [what, of] of Object.entries(hours)) {
    await landRows(1_000, of)
    store.take()
    const began = performance.now()
    await runCompaction(deps)
    tell(`a run of 1,000 bars ${what} in a month of ${rows} rows in ${files} files`, store.take(), began)
  }
}

/** A file of one row's worth of words in a month: metadata alone is what counts here. */
function namedFile(location: string, month: string): DataFile {
  const none = { column_sizes: null, value_counts: null, null_value_counts: null, nan_value_counts: null }
  return {
    ...none,
    content: 0,
    file_path: `${location}/data/month=${month}/sorted-${freshId()}.parquet`,
    file_format: 'PARQUET',
    partition: { month, ts_event_month: monthNumber(month) },
    record_count: 210_000,
    file_size_in_bytes: 5_000_000,
    lower_bounds: [{ key: 2, value: Buffer.from('AAAA') }],
    upper_bounds: [{ key: 2, value: Buffer.from('ZZZZ') }],
    split_offsets: null,
    sort_order_id: 1,
  }
}

function monthAt(i: number): string {
  return new Date(Date.UTC(1962, i)).toISOString().slice(0, 7)
}

async function queryWithoutMonth(months: number): Promise<number> {
  const store = new CountingStore(new MemoryObjectStore())
  const { files } = tableOn(store)
  const changes = Array.from({ length: months }, (_, i) => {
    const month = monthAt(i)
    return { month, seen: [], replaced: [], added: [namedFile(files.location, month)] }
  })
  const change = { id: 'all', base: undefined, changes, summaryOn: async () => ({}) }
  await commit(tableOn(store), change, { now: NOW, freshId, retention: RETENTION })
  store.take()
  store.latencyMs = S3_MS
  const began = performance.now()
  const cold = tableOn(store)
  await cold.liveFiles(await cold.current())
  const requests = store.take()
  tell(`which files a query without a month reads, of ${months} months`, requests, began)
  return requests.get + requests.list
}

/** One month's file replaced in every hour: what is read and written for it, and what stands in the bucket. */
async function manyCommits(commits: number): Promise<void> {
  const memory = new MemoryObjectStore()
  const store = new CountingStore(memory)
  say(
    '\n| hourly commits | GET | PUT | kB read | kB written | metadata.json kB | objects of metadata |\n|--:|--:|--:|--:|--:|--:|--:|',
  )
  const table = tableOn(store)
  for (let i = 1; i <= commits; i++) {
    const month = monthAt(760 + (i % 20))
    const standing = (await table.liveFiles(await table.current())).filter((file) => file.month === month)
    const seen = standing.map(({ dataFile }) => dataFile.file_path)
    const changes = [{ month, seen, replaced: seen, added: [namedFile(table.files.location, month)] }]
    store.take()
    const change = { id: `c${i}`, base: undefined, changes, summaryOn: async () => ({}) }
    await commit(table, change, { now: NOW + i * HOUR_MS, freshId, retention: RETENTION })
    if (i % 400 !== 0) continue
    const { get, put, bytesRead, bytesWritten } = store.take()
    const metadata = (await table.load())?.at.metadataFile ?? ''
    const size = memory.objects.get(table.files.keyOf(metadata))?.size ?? 0
    const objects = [...memory.objects.keys()].filter((key) => key.startsWith('bars/metadata/')).length
    const kb = [bytesRead, bytesWritten, size].map((bytes) => (bytes / 1e3).toFixed(1))
    say(`| ${i} | ${get} | ${put} | ${kb.join(' | ')} | ${objects} |`)
  }
}
