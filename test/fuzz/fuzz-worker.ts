/** Tries one target in a thread of its own, which shows what it is at: an input that never ends can only be seen from outside. */
import { parentPort, workerData } from 'node:worker_threads'
import { Dice } from '../chaos/dice.ts'
import { fuzz } from './fuzzing.ts'
import { TARGETS } from './targets.ts'
import type { FuzzOrder } from './watched-fuzz.ts'

const { name, seed, end, inputs, shown } = workerData as FuzzOrder
const target = TARGETS.find((each) => each.name === name)
if (!target) throw new Error(`There is no target ${name}.`)

const counts = new Int32Array(shown, 0, 2)
const bytes = new Uint8Array(shown, 8)

const fuzzed = await fuzz(target, {
  dice: new Dice(seed),
  isOver: (done) => (inputs === undefined ? Date.now() >= end : done >= inputs),
  onInput(input) {
    bytes.set(input.subarray(0, bytes.length))
    counts[1] = Math.min(input.length, bytes.length)
    Atomics.add(counts, 0, 1)
  },
})
parentPort?.postMessage(fuzzed)
