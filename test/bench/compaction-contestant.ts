/**
 * One contestant of the compaction benchmark, as a process of its own: `node compaction-contestant.ts NAME FOLDER`.
 * Each loads what it needs itself, so that no other's library is in its memory.
 */
export {}

const CONTESTANTS: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  async tickerlake(folder) {
    const { runCompaction } = await import('../../lambdas/compactor/run.ts')
    const { compactionOn } = await import('../support/compaction.ts')
    const { FolderObjectStore } = await import('../support/folder-object-store.ts')
    return runCompaction(compactionOn(new FolderObjectStore(folder)))
  },
  async duckdb(folder) {
    const { askDuckdb } = await import('../support/duckdb-lake.ts')
    const { BARS } = await import('../../lake/tables/tables.ts')
    const columns = BARS.columns.map(({ name }) => name).filter((name) => name !== 'flags')
    await askDuckdb(`SET preserve_insertion_order = false; COPY (
      SELECT ${columns.join(', ')} FROM read_parquet('${folder}/landing/bars/*/*.parquet') WHERE symbol IS NOT NULL
      QUALIFY row_number() OVER (PARTITION BY symbol, interval, ts_event ORDER BY ts_sent DESC, kafka_offset DESC) = 1
      ORDER BY symbol, ts_event, interval
    ) TO '${folder}/duckdb.parquet' (FORMAT parquet, CODEC zstd)`)
  },
}

const [name = '', folder = ''] = process.argv.slice(2)
const compact = CONTESTANTS[name]
if (compact === undefined) throw new Error(`There is no contestant "${name}".`)

const started = performance.now()
await compact(folder)
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage()
const peakMb = process.resourceUsage().maxRSS / 1024
process.stdout.write(`${JSON.stringify({ name, seconds, cpuSeconds: (user + system) / 1e6, peakMb })}\n`)
