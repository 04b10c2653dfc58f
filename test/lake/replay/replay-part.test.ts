import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { partBehind, placeInParts, type ReplayPart } from '../../../lake/replay/replay-part.ts'

const files = fc.uniqueArray(fc.record({ key: fc.string({ maxLength: 3 }), size: fc.nat(10) }), {
  selector: ({ key }) => key,
  maxLength: 20,
})

function partsOf(all: Parameters<typeof partBehind>[1], most: number): readonly ReplayPart[] {
  const parts: ReplayPart[] = [partBehind(null, all, most)]
  for (let upTo = parts.at(-1)?.upTo ?? null; upTo !== null; upTo = parts.at(-1)?.upTo ?? null) {
    parts.push(partBehind(upTo, all, most))
  }
  return parts
}

test('every file is in exactly one part, after those of the parts before, and a part of several files is not too large', () => {
  fc.assert(
    fc.property(files, fc.nat(20), (all, most) => {
      const parts = partsOf(all, most)
      const here = parts.map((part) => all.filter(({ key }) => placeInParts(part, key) === 'here'))

      assert.equal(here.flat().length, all.length)
      for (const [i, part] of parts.entries()) {
        const own = here[i] ?? []
        const size = own.reduce((sum, file) => sum + file.size, 0)
        assert.ok(own.length <= 1 || size <= most)
        for (const { key } of here.slice(0, i).flat()) assert.equal(placeInParts(part, key), 'before')
        for (const { key } of here.slice(i + 1).flat()) assert.equal(placeInParts(part, key), 'behind')
      }
    }),
  )
})

test('what is small enough is one part', () => {
  assert.deepEqual(partBehind(null, [{ key: 'a', size: 1_000 }]), { after: null, upTo: null })
})
