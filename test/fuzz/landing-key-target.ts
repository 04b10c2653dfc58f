/** Keys below landing/: whatever stands there, a key is read in one way or not at all. */
import assert from 'node:assert/strict'
import { claimKey, landingFileOf } from '../../lake/ledger/landing-key.ts'
import type { Dice } from '../chaos/dice.ts'
import { NOW } from '../support/bars.ts'
import { FRAGMENTS, type FuzzTarget, mutated } from './target.ts'

const TOPICS = ['market.bars', 'a-1', '1-2-3', '-', '.', 'a_b-0-0-0']
const CLUSTERS = ['test', '751d2973-a626-431c-9d4e-d7975eb44dd7-2', 'a@b', 'a/b', '100%', 'ü']
const UUIDS = ['a018ee5b-2137-4399-8666-1482c033680d', '10101010-2137-4399-8666-148203336801']

function aKey(dice: Dice): Uint8Array {
  const number = (): number => dice.integer(0, 2 ** 31)
  const at = { topic: dice.pick(TOPICS), partition: number() }
  const first = number()
  const id = dice.pick(UUIDS)
  const old = `landing/bars/dt=2026-01-15/${at.topic}-${at.partition}-${first}-${first + 5}-${id}.parquet`
  const offsets = [[first, first + 5]] as const
  const cluster = dice.pick(CLUSTERS)
  const key = dice.next() < 0.3 ? old : claimKey({ at, cluster, epoch: number(), offsets, id, tsRecv: NOW })
  return Buffer.from(dice.next() < 0.2 ? key + dice.pick(FRAGMENTS) : key)
}

export const landingKeyTarget: FuzzTarget = {
  name: 'landing-key',
  inAMoment: 4_000,
  make: (dice) => mutated(aKey(dice), dice),
  run(input) {
    const key = Buffer.from(input).toString()
    const file = landingFileOf(key)
    if (!file) return
    const { topic, partition, first, last, cluster, epoch } = file
    assert.equal(file.key, key)
    assert.ok([partition, first, last, epoch ?? 0].every((n) => Number.isSafeInteger(n) && n >= 0))
    assert.match(topic, /^[\w.-]+$/)
    if (cluster === undefined || epoch === undefined) return
    const again = claimKey({ at: { topic, partition }, cluster, epoch, offsets: [[first, last]], id: 'x', tsRecv: NOW })
    const { key: _, ...said } = file
    assert.deepEqual(landingFileOf(again), { key: again, ...said })
  },
}
