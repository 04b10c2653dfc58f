import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMark } from '../../lake/compaction/compaction-mark.ts'
import { objectPointer } from '../../lake/iceberg/pointer.ts'
import { parsedJson } from '../../lake/json.ts'
import { readPlan } from '../../lambdas/compactor/plan-object.ts'
import { MemoryObjectStore } from '../support/memory-object-store.ts'

const BROKEN = '{"metadataFile": "s3://lake/bars/metada'

test('a text that is no JSON is nothing, and no error quotes it', () => {
  assert.equal(parsedJson('{"password": "hunter2"'), undefined)
  assert.equal(parsedJson(''), undefined)
  assert.deepEqual(parsedJson('{"a": [1]}'), { a: [1] })
})

test('an object of ours that was cut short is named, with what to do about it', async () => {
  const store = new MemoryObjectStore()
  await store.put('cut.json', new TextEncoder().encode(BROKEN))

  assert.throws(() => parseMark(BROKEN, 'cut.json'), {
    code: 'mark-corrupt',
    message: /^cut\.json is not a compaction mark/,
  })
  await assert.rejects(readPlan('cut.json', store), {
    code: 'plan-corrupt',
    message: /^cut\.json is not a compaction plan/,
  })
  await assert.rejects(objectPointer({ store, key: 'cut.json', freshId: () => 'id' }).load(), {
    code: 'pointer-corrupt',
    message: /^cut\.json does not say/,
  })
})
