import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { BarArrays } from '../../../dashboard/api.ts'
import { adjusted, foldedBy, foldedTo } from '../../../dashboard/server/fold.ts'

const DAY = 86_400_000
const price = fc.double({ min: 0.01, max: 1e5, noNaN: true })
const oneBar = fc.record({
  gap: fc.integer({ min: 1, max: 9 }),
  o: price,
  h: price,
  l: price,
  c: price,
  v: fc.integer({ min: 0, max: 1e9 }),
})
const someBars = fc.array(oneBar, { minLength: 1, maxLength: 200 }).map((rows): BarArrays => {
  let t = Date.UTC(2012, 0, 2)
  const days = rows.map(({ gap }) => (t += gap * DAY))
  const column = (name: 'o' | 'h' | 'l' | 'c' | 'v') => rows.map((row) => row[name])
  return { t: days, o: column('o'), h: column('h'), l: column('l'), c: column('c'), v: column('v') }
})

const sum = (values: readonly number[]) => values.reduce((so, value) => so + value, 0)

describe('folding bars', () => {
  test('keeps first open, last close, highest, lowest and the sum of the volume, by whichever way', () => {
    fc.assert(
      fc.property(someBars, fc.integer({ min: 1, max: 50 }), (bars, most) => {
        for (const folded of [foldedTo(most, bars).bars, foldedBy('1wk', bars), foldedBy('1mo', bars)]) {
          assert.equal(folded.o[0], bars.o[0])
          assert.equal(folded.c.at(-1), bars.c.at(-1))
          assert.equal(Math.max(...folded.h), Math.max(...bars.h))
          assert.equal(Math.min(...folded.l), Math.min(...bars.l))
          assert.equal(sum(folded.v), sum(bars.v))
          assert.deepEqual(
            folded.t,
            folded.t.toSorted((a, b) => a - b),
          )
        }
      }),
    )
  })

  test('sends never more bars than a chart holds', () => {
    fc.assert(
      fc.property(someBars, fc.integer({ min: 1, max: 50 }), (bars, most) => {
        assert.ok(foldedTo(most, bars).bars.t.length <= most)
      }),
    )
  })

  test('begins a week on Monday: Friday and the Monday after it are two weeks', () => {
    const t = ['2013-02-25', '2013-03-01', '2013-03-04'].map((day) => Date.parse(day))
    const bars = { t, o: [1, 2, 3], h: [4, 5, 6], l: [1, 1, 1], c: [2, 3, 4], v: [10, 20, 30] }

    assert.deepEqual(foldedBy('1wk', bars), {
      t: [t[0], t[2]],
      o: [1, 3],
      h: [5, 6],
      l: [1, 1],
      c: [3, 4],
      v: [30, 30],
    })
  })

  test('adjusts all four prices by the factor of the close; a bar without an adjusted close stays', () => {
    const bars = { t: [0, DAY], o: [10, 10], h: [12, 12], l: [8, 8], c: [10, 10], v: [1, 1] }

    assert.deepEqual(adjusted(bars, [5, null]), { ...bars, o: [5, 10], h: [6, 12], l: [4, 8], c: [5, 10] })
  })
})
