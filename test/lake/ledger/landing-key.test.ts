import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { claimKey, landingFileOf } from '../../../lake/ledger/landing-key.ts'

const FOLDER = 'landing/bars/dt=2026-11-22/'
const TS_RECV = Date.UTC(2026, 10, 22)
const topics = fc.stringMatching(/^[A-Za-z0-9._-]{1,60}$/)
const offsets = fc.tuple(fc.nat(), fc.nat()).map(([first, more]) => [[first, first + more]] as const)

test('a key says what it was made of, whatever topic, cluster and id there are', () => {
  const ids = fc.oneof(fc.uuid(), fc.stringMatching(/^[0-9-]{1,36}$/))
  fc.assert(
    fc.property(
      topics,
      fc.nat(),
      fc.string({ minLength: 1 }),
      fc.nat(),
      offsets,
      ids,
      (topic, partition, cluster, epoch, ranges, id) => {
        fc.pre(cluster.isWellFormed())
        const key = claimKey({ at: { topic, partition }, cluster, epoch, offsets: ranges, id, tsRecv: TS_RECV })

        const [[first, last]] = ranges
        assert.deepEqual(landingFileOf(key), { key, topic, partition, first, last, cluster, epoch })
      },
    ),
  )
})

test('a key of an earlier release says it too, cluster and epoch aside', () => {
  fc.assert(
    fc.property(topics, fc.nat(), offsets, fc.uuid(), (topic, partition, [[first, last]], id) => {
      const key = `${FOLDER}${topic}-${partition}-${first}-${last}-${id}.parquet`

      assert.deepEqual(landingFileOf(key), { key, topic, partition, first, last, cluster: undefined, epoch: undefined })
    }),
  )
})

test('the digits of a UUID are not taken for offsets', () => {
  const file = landingFileOf(`${FOLDER}market.bars-3-100-120-a018ee5b-2137-4399-8666-1482c033680d.parquet`)

  assert.deepEqual([file?.topic, file?.partition, file?.first, file?.last], ['market.bars', 3, 100, 120])
})

describe('no landing file is', () => {
  for (const name of [
    'readme.txt',
    'market.bars-3-100-120.parquet',
    'market.bars-3-100-120-copy.parquet',
    'market.bars-3@100-120@c@0.parquet',
    'market.bars-3-100@120@c@0@id.parquet',
    'market.bars-3@100-120@c@0@id@more.parquet',
    'market.bars-3@100-120@%@0@id.parquet',
    'market.bars-3@100-99999999999999999999@c@0@id.parquet',
  ])
    test(name, () => assert.equal(landingFileOf(`${FOLDER}${name}`), undefined))

  test('what lies elsewhere', () => {
    const name = 'market.bars-3@100-120@c@0@id.parquet'
    for (const folder of ['', 'landing/bars/', 'bars/dt=2026-11-22/', 'landing/bars/dt=2026-11-22/deeper/'])
      assert.equal(landingFileOf(`${folder}${name}`), undefined)
  })
})
