import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FLAG_TEXTS, flagBitsOf } from '../../../lake/compaction/quality.ts'

const BAR = { open: 10, high: 11, low: 9, close: 10.5, volume: 100 }

test('a bar shows what is odd about it, and nothing where nothing is', () => {
  const cases: readonly (readonly [change: Partial<typeof BAR>, flags: string])[] = [
    [{}, ''],
    [{ volume: 0 }, 'zero_volume'],
    [{ low: -1 }, 'not_positive'],
    [{ open: 11.001 }, 'outside_range'],
    [{ close: 8.999 }, 'outside_range'],
    [{ open: 10, high: 10, low: 10, close: 10 }, 'flat'],
    [{ open: 0, high: 0, low: 0, close: 0, volume: 0 }, 'not_positive,zero_volume,flat'],
  ]
  for (const [change, flags] of cases) assert.equal(FLAG_TEXTS[flagBitsOf({ ...BAR, ...change })], flags)
})
