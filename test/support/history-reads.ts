/** Histories of files in memory, and reading them. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HistoryRequest, HistoryRow, HistoryWindow } from '../../lake/history/history-source.ts'
import { ParquetHistory } from '../../lake/history/history-window.ts'
import { comparePositions, type ReplayPosition } from '../../lake/replay/replay-order.ts'
import { MemoryObjectStore, type StoreHooks } from './memory-object-store.ts'

export const GOLDEN = join(import.meta.dirname, '../golden/history')
export const ALL = { symbols: null, from: null, to: null }

type Files = Readonly<Record<string, Uint8Array>>

/** A history of these files in memory. */
export async function historyOf(files: Files, hooks: StoreHooks = {}) {
  const store = new MemoryObjectStore(hooks)
  for (const [name, file] of Object.entries(files)) await store.put(`history/${name}`, file)
  return { store, history: new ParquetHistory(store, 'history/') }
}

/** The first rows of a file that another program wrote. */
export async function golden(name: string, request: Partial<HistoryRequest> = {}): Promise<HistoryWindow> {
  const { history } = await historyOf({ [name]: await readFile(join(GOLDEN, name)) })
  return history.read({ selection: ALL, after: null, limit: 100, ...request })
}

/** Reads window by window to the end. */
export async function readAll(
  history: ParquetHistory,
  request: Partial<HistoryRequest> & { readonly limit: number },
): Promise<HistoryRow[]> {
  const rows: HistoryRow[] = []
  let after: ReplayPosition | null = null
  while (true) {
    const window: HistoryWindow = await history.read({ selection: ALL, ...request, after })
    const [first] = window.rows
    assert.ok(window.rows.length <= request.limit)
    assert.ok(!after || !first || comparePositions(first.position, after) > 0, 'each window begins behind the last')
    rows.push(...window.rows)
    if (window.last) return rows
    after = window.rows.at(-1)?.position ?? after
  }
}
