import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TARGETS } from './targets.ts'
import { watchedFuzz } from './watched-fuzz.ts'

/** Seconds of the suite that all targets share; `npm run fuzz` takes as long as it is given. */
const SECONDS = 20

describe('whatever strangers send is read or refused, never tripped over:', () => {
  for (const target of TARGETS) {
    test(target.name, async () => {
      const end = Date.now() + (SECONDS * 1_000) / TARGETS.length
      const seed = Date.now() % 2 ** 31
      const { findings } = await watchedFuzz({ name: target.name, seed, end, inputs: undefined })

      assert.deepEqual(
        findings.map(({ input, error }) => `${error}: ${Buffer.from(input).toString('latin1').slice(0, 300)}`),
        [],
      )
    })
  }
})
