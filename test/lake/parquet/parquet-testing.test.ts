/**
 * Other people's files, where a folder of them is at hand: Apache's parquet-testing, or any other.
 * PARQUET_TESTING=../parquet-testing node --test test/lake/parquet/parquet-testing.test.ts
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { env } from 'node:process'
import { describe, test } from 'node:test'
import { type AsyncBuffer, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { readFooter } from '../../../lake/parquet/checked-footer.ts'
import { flatElements, readFlatColumn } from '../../../lake/parquet/flat-column.ts'

const FOLDER = env['PARQUET_TESTING']
const skip = FOLDER === undefined && 'PARQUET_TESTING names no folder of parquet-testing'
const filesOf = (pattern: string) => (FOLDER === undefined ? [] : globSync(join(FOLDER, pattern)).sort())

function bufferOf(file: string): AsyncBuffer {
  const bytes = Uint8Array.from(readFileSync(file)).buffer
  return { byteLength: bytes.byteLength, slice: (start, end) => bytes.slice(start, end) }
}

/** Each flat column of a file, all its row groups, as the limits let it through. */
async function readFlat(file: AsyncBuffer): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const metadata = await readFooter(file, { firstFetchBytes: 65_536 })
  const columns = new Map<string, readonly unknown[]>()
  for (const element of flatElements(metadata)) {
    const cells: unknown[] = []
    for (const rowGroup of metadata.row_groups)
      cells.push(...(await readFlatColumn(file, { metadata, rowGroup, element, parsers: {}, utf8: true })))
    columns.set(element.name, cells)
  }
  return columns
}

async function outcomeOf<T>(read: () => Promise<T>): Promise<T | Error> {
  try {
    return await read()
  } catch (error) {
    assert.ok(error instanceof Error)
    return error
  }
}

describe('parquet-testing', { skip }, () => {
  for (const file of filesOf('data/**/*.parquet')) {
    test(`${basename(file)} is read as without limits`, async () => {
      const buffer = bufferOf(file)
      const want = await outcomeOf(() => parquetReadObjects({ file: buffer, compressors }))
      const got = await outcomeOf(() => readFlat(buffer))

      if (want instanceof Error) return
      if (got instanceof Error) throw got
      for (const [name, cells] of got) {
        assert.deepEqual(
          cells,
          want.map((row) => row[name]),
          name,
        )
      }
    })
  }

  for (const file of filesOf('bad_data/*')) {
    test(`${basename(file)} is read or refused`, { timeout: 30_000 }, async () => {
      await outcomeOf(() => readFlat(bufferOf(file)))
    })
  }
})
