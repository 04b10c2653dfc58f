import assert from 'node:assert/strict'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { BARS } from '../../../lake/tables/tables.ts'
import { copyTable } from '../../../localstack/duckdb/lake-copy.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

for (const key of ['bars/../../stolen.parquet', 'bars/month=2013-03/../../../stolen.parquet']) {
  test(`a key that leads out of the folder is refused by name: ${key}`, async () => {
    const parent = mkdtempSync(join(tmpdir(), 'tickerlake-copy-'))
    const store = new MemoryObjectStore()
    await store.put(key, new Uint8Array(1))

    await assert.rejects(copyTable(BARS, store, join(parent, 'lake')), /leads out of the folder/)

    assert.equal(existsSync(join(parent, 'stolen.parquet')), false)
  })
}
