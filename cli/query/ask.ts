/** One question, and what a person sees of it while it runs and behind its answer. */
import { type Progress, type ProgressStream, progressOn } from '../../command/progress.ts'
import type { QueryAnswer, QueryEngine } from '../../lake/queries/query-engine.ts'

/** Before that, a line that comes and goes only disturbs. */
const SILENT_MS = 1_000

export interface AskOptions {
  readonly signal?: AbortSignal | undefined
  /** Where it is said that the query runs; only a terminal is told. */
  readonly stream: ProgressStream
}

/** Asks; after a second says on the terminal that it still runs. */
export async function ask(engine: QueryEngine, sql: string, { signal, stream }: AskOptions): Promise<QueryAnswer> {
  const progress = stream.isTTY ? progressOn(stream) : undefined
  const timer = progress && setInterval(runs(progress, engine.name), SILENT_MS)
  try {
    return await engine.run(sql, { signal })
  } finally {
    clearInterval(timer)
    progress?.close()
  }
}

function runs(progress: Progress, name: string): () => void {
  let seconds = 0
  return () => {
    seconds += SILENT_MS / 1_000
    progress.doing(`${name} has been asked for ${seconds} s; Ctrl-C cancels the query …`)
  }
}

/** `5 rows, 751996 bytes of files, 120 ms, DuckDB, the local engine at http://…`, and what its reader must know. */
export function footer({ rows, stats, notes = [] }: QueryAnswer, engine: QueryEngine, where: string): string {
  const count = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`
  const bytes = `${stats.bytesScanned} bytes ${stats.isOfWholeFiles ? 'of files' : 'scanned'}`
  const told = `${count}, ${bytes}, ${stats.milliseconds} ms, ${engine.name}, ${where}`
  return [told, ...notes].join('\n')
}
