/** Runs a target on its corpus and on inputs made by dice, and keeps what it trips over. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dice } from '../chaos/dice.ts'
import { type FuzzTarget, mutated } from './target.ts'

/** Of the thread's own time, however busy the machine is: a reader that takes this long over 64 kB is quadratic. */
const SLOW_MS = 2_000

export interface Finding {
  readonly target: string
  readonly input: Uint8Array
  readonly error: string
}

export interface Fuzzed {
  readonly inputs: number
  readonly findings: readonly Finding[]
}

const CORPUS = join(import.meta.dirname, 'corpus')

export function corpusOf({ name }: FuzzTarget): Uint8Array[] {
  const folder = join(CORPUS, name)
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(folder, entry.name)))
}

/** Keeps a finding in the corpus, so that every later run begins with it. */
export function keep({ target, input }: Finding): string {
  const file = join(CORPUS, target, createHash('sha256').update(input).digest('hex').slice(0, 16))
  mkdirSync(join(CORPUS, target), { recursive: true })
  writeFileSync(file, input)
  return file
}

export interface Fuzzing {
  readonly dice: Dice
  /** Asked before each input, with their number so far. */
  isOver(inputs: number): boolean
  /** Told of each input before it is tried. */
  onInput?(input: Uint8Array): void
}

/** The corpus first, then what the dice make, until it is over; ends early after ten findings. */
export async function fuzz(target: FuzzTarget, { dice, isOver, onInput }: Fuzzing): Promise<Fuzzed> {
  const corpus = corpusOf(target)
  const findings: Finding[] = []
  let inputs = 0
  for (; inputs < corpus.length || (!isOver(inputs) && findings.length < 10); inputs++) {
    const known = corpus[inputs]
    const again = corpus.length > 0 && dice.next() < 0.1 ? mutated(dice.pick(corpus), dice) : target.make(dice)
    const input = known ?? again
    onInput?.(input)
    const finding = await tripped(target, input)
    if (finding) findings.push(finding)
  }
  return { inputs, findings }
}

async function tripped(target: FuzzTarget, input: Uint8Array): Promise<Finding | undefined> {
  const began = process.threadCpuUsage()
  try {
    await target.run(input)
    const { user, system } = process.threadCpuUsage(began)
    const took = Math.round((user + system) / 1_000)
    return took < SLOW_MS ? undefined : { target: target.name, input, error: `took ${took} ms` }
  } catch (error) {
    return { target: target.name, input, error: error instanceof Error ? String(error.stack) : String(error) }
  }
}
