import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Dice } from '../chaos/dice.ts'
import { fuzz } from './fuzzing.ts'
import { TARGETS } from './targets.ts'

/** Seconds of the suite that all targets share; `npm run fuzz` takes as long as it is given. */
const SECONDS = 20

describe('whatever strangers send is read or refused, never tripped over:', () => {
  for (const target of TARGETS) {
    test(target.name, () => {
      const end = Date.now() + (SECONDS * 1_000) / TARGETS.length
      const { findings } = fuzz(target, new Dice(Date.now() % 2 ** 31), () => Date.now() >= end)

      assert.deepEqual(
        findings.map(({ input, error }) => `${error}: ${Buffer.from(input).toString('latin1').slice(0, 300)}`),
        [],
      )
    })
  }
})
