import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { readBarsFiles } from '../../../cli/forecasts/bars-file.ts'
import { historyBody } from '../../../lake/history/history-body.ts'
import { HISTORY_PREFIX } from '../../../lake/history/history-folder.ts'
import { withoutExtension } from '../../../lake/history/history-name.ts'
import { ParquetHistory } from '../../../lake/history/history-window.ts'
import { toIso } from '../../../lake/instant.ts'
import { ODD_FILES, type OddFile } from '../../golden/odd-files/files.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickerlake-odd-'))
after(() => rmSync(folder, { recursive: true }))

function written({ name, content }: OddFile): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

/** What a producer would send of it, or the sentence. */
async function sent(file: OddFile): Promise<readonly string[] | string> {
  const key = `${HISTORY_PREFIX}${withoutExtension(file.name)}.parquet`
  const made = await historyBody(written(file), key)
  if (made.kind === 'unreadable') return made.skipped.reason
  const store = new MemoryObjectStore()
  await store.put(key, made.body())
  const selection = { symbols: null, from: null, to: null }
  const { rows } = await new ParquetHistory(store, HISTORY_PREFIX).read({ selection, after: null, limit: 100 })
  return rows
    .toSorted((a, b) => a.position.row - b.position.row)
    .map(({ bar }) => `${bar.symbol} ${bar.interval} ${timeText(bar.tsEvent)} ${bar.close}`)
}

function timeText(time: number | string | null): string {
  return typeof time === 'number' ? toIso(time) : String(time)
}

describe('a file of bars is read, or a sentence says why not', () => {
  for (const file of ODD_FILES) {
    test(file.name, async () => {
      const got = await sent(file)

      if (file.read instanceof RegExp) assert.match(String(got), file.read)
      else assert.deepEqual(got, file.read)
    })
  }
})

describe('forecasts take the same files and refuse the same', () => {
  for (const file of ODD_FILES.filter(({ name }) => !name.includes('/'))) {
    test(file.name, async () => {
      const path = written(file)

      if (file.read instanceof RegExp) await assert.rejects(readBarsFiles([path]), file.read)
      else assert.equal((await readBarsFiles([path])).close.length, file.read.length)
    })
  }
})
