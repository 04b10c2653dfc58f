import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QualityAnswer } from '../../../dashboard/api.ts'
import { qualityAnswer } from '../../../dashboard/server/quality.ts'
import { Reader } from '../../../dashboard/server/reader.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn } from '../../support/compaction.ts'
import { diskLake } from '../../support/disk-lake.ts'
import { land, landed, putLedger, rejected } from '../../support/lake-builder.ts'
import { SAMPLE_SENT } from '../../support/sample-lake.ts'

test('of a rejected record the first bytes are shown and all are counted, however many it has', async () => {
  const { lake, store, remove } = diskLake()
  try {
    const raw_value = new Uint8Array(1_000_000).fill(0x78)
    const bad = [
      rejected({ kafka_offset: 1, raw_key: new TextEncoder().encode('AAPL'), raw_value }),
      rejected({ kafka_offset: 2, raw_key: null, raw_value: null }),
    ]
    await land(store, [landed({ kafka_offset: 0 }), ...bad], 'a')
    await putLedger(store, { next: 3 })
    await runCompaction(compactionOn(store, SAMPLE_SENT))

    const { data } = (await qualityAnswer(new Reader(lake, Date.now))) as { readonly data: QualityAnswer }

    const [none, large] = data.rejected
    assert.deepEqual(none && [none.offset, none.key, none.value], [2, null, null])
    assert.deepEqual(large?.key, { hex: '4141504c', length: 4 })
    assert.deepEqual(large?.value, { hex: '78'.repeat(2_048), length: 1_000_000 })
  } finally {
    remove()
  }
})
