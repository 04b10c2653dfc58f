/** The lake as one process has it that may die at any of its requests: before it is done, or before its answer is read. */
import { setImmediate } from 'node:timers/promises'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { aroundObjectStore } from '../../../lake/store/retrying-object-store.ts'
import type { Dice } from '../dice.ts'

export class Killed extends Error {}

/** `deadly` is the share of requests that are a process's last. After it nothing gets through, as of a process that is gone. */
export function mortalStore(inner: ObjectStore, dice: Dice, deadly: number): ObjectStore {
  let isDead = false
  const request = async <T>(act: () => Promise<T>): Promise<T> => {
    for (let turns = dice.integer(0, 3); turns > 0; turns--) await setImmediate()
    const dies = dice.next() < deadly
    if (isDead || (dies && dice.next() < 0.5)) {
      isDead = true
      throw new Killed('before the request')
    }
    const answer = await act()
    if (dies || isDead) {
      isDead = true
      throw new Killed('before the answer')
    }
    return answer
  }
  return {
    ...aroundObjectStore(inner, (_what, act) => request(act)),
    async *list(prefix, options) {
      yield* await request(async () => inner.list(prefix, options))
    },
  }
}
