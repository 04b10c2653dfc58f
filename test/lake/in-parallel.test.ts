import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { inOrder } from '../../lake/in-parallel.ts'

describe('work in order', () => {
  test('gives every result in the order of the items, and has no more under way than it may', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5)), fc.integer({ min: 1, max: 4 }), async (turns, limit) => {
        let underWay = 0
        let most = 0
        const act = async (item: number): Promise<number> => {
          most = Math.max(most, ++underWay)
          for (let turn = 0; turn < item; turn++) await setImmediate()
          underWay--
          return item
        }

        const results = await Array.fromAsync(inOrder(turns, limit, act))

        assert.deepEqual(results, turns)
        assert.ok(most <= limit)
      }),
    )
  })

  test('throws where the result that failed is taken, after those before it', async () => {
    const taken: number[] = []
    const failing = async () => {
      for await (const one of inOrder([1, 2, 3, 4], 3, async (item) =>
        item === 3 ? Promise.reject(new Error('no')) : item,
      ))
        taken.push(one)
    }

    await assert.rejects(failing(), /no/)
    assert.deepEqual(taken, [1, 2])
  })
})
