import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SEED } from '../runner/seed.ts'
import { TARGETS } from './targets.ts'
import { watchedFuzz } from './watched-fuzz.ts'

/** What never ends has been seen by then. */
const PATIENCE_MS = 60_000

describe('whatever strangers send is read or refused, never tripped over:', () => {
  for (const target of TARGETS) {
    test(target.name, async () => {
      const order = { name: target.name, seed: SEED, end: Date.now() + PATIENCE_MS, inputs: target.inAMoment }
      const { findings } = await watchedFuzz(order)

      assert.deepEqual(
        findings.map(({ input, error }) => `${error}: ${Buffer.from(input).toString('latin1').slice(0, 300)}`),
        [],
      )
    })
  }
})
