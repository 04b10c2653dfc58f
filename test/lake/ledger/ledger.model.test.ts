/**
 * The protocol against its model: a partition's log, some containers that are handed pieces of it, and a store whose
 * requests are woven together, lost, delayed and cut off in every way. Whatever happens, each offset is in one data file.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type LandDeps, land } from '../../../lake/ledger/land.ts'
import type { Ledgers, LedgerVersion } from '../../../lake/ledger/ledgers.ts'
import type { ParquetEncoder } from '../../../lake/parquet/encoder.ts'
import type { PartitionBatch } from '../../../lake/records/kafka-record.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { retryingObjectStore } from '../../../lake/store/retrying-object-store.ts'
import type { ColumnCells } from '../../../lake/tables/cells.ts'
import { aRecord, NOW } from '../../support/bars.ts'
import { Crash, FAULTS, type Fault, faultyObjectStore } from '../../support/faulty-object-store.ts'
import { counter, landDeps, ledgersOn, span, stillClock } from '../../support/lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const AT = { topic: 'market.bars', partition: 0 }
/** Long enough for holes, redrives and overlaps; short enough that most runs meet in the middle. */
const LOG = span(0, 11)
/** A writer that asks more often is going round in circles. */
const MAX_REQUESTS = 150
/** Woven runs of a whole scenario; `MODEL_RUNS=60000` takes a quarter of an hour. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 400)

/** Files of the model hold their offsets as JSON: no byte of Parquet is at stake here, and runs are many. */
const offsetsEncoder: ParquetEncoder = {
  encode(table, columns) {
    const file = this.open(table)
    file.group(columns)
    return file.finish({})
  },
  open(table) {
    const at = table.columns.findIndex(({ name }) => name === 'kafka_offset')
    const all: unknown[] = []
    const group = (columns: readonly ColumnCells[]) => {
      const offsets = columns[at]
      assert.ok(Array.isArray(offsets) || offsets instanceof Float64Array)
      all.push(...offsets)
    }
    return { group, finish: () => Buffer.from(JSON.stringify(all)) }
  },
}

/** A mistake in the protocol, planted to see that the model finds it. */
interface Plant {
  readonly ledgers?: (ledgers: Ledgers, store: ObjectStore) => Ledgers
  readonly nonce?: () => string
  readonly freshId?: () => string
}

/** What one container is handed, one after the other; `settle` is what the compactor does between batches. */
type Task = { readonly kind: 'batch'; readonly offsets: readonly number[] } | { readonly kind: 'settle' }

interface Scenario {
  readonly containers: readonly (readonly Task[])[]
  readonly faults: readonly Fault[]
}

const batch: fc.Arbitrary<Task> = fc
  .record({
    from: fc.nat(LOG.length - 1),
    length: fc.integer({ min: 1, max: 6 }),
    skip: fc.array(fc.nat(5), { maxLength: 2 }),
  })
  .map(({ from, length, skip }) => LOG.slice(from, from + length).filter((_, i) => i === 0 || !skip.includes(i)))
  .map((offsets) => ({ kind: 'batch', offsets }))
const task = fc.oneof({ weight: 9, arbitrary: batch }, { weight: 1, arbitrary: fc.constant<Task>({ kind: 'settle' }) })
const fault = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Fault>('none') },
  { weight: 4, arbitrary: fc.constantFrom<Fault>(...FAULTS) },
)
const scenario: fc.Arbitrary<Scenario> = fc.record({
  containers: fc.array(fc.array(task, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
  faults: fc.array(fault, { maxLength: 40 }),
})

class World {
  readonly store = new MemoryObjectStore()
  readonly #plant: Plant
  readonly #turn: (what: string) => Promise<unknown>
  readonly #faults: Fault[]
  readonly #ids = counter()
  readonly #nonces = counter('nonce')

  constructor(plant: Plant, faults: readonly Fault[], turn: (what: string) => Promise<unknown>) {
    this.#plant = plant
    this.#turn = turn
    this.#faults = [...faults]
  }

  /** A container that nothing is warm in. */
  container(): LandDeps {
    let requests = 0
    const faulty = faultyObjectStore(this.store, {
      turn: this.#turn,
      nextFault: () => (++requests > MAX_REQUESTS ? 'crash-before' : (this.#faults.shift() ?? 'none')),
    })
    const store = retryingObjectStore(faulty, { clock: stillClock, random: () => 0, deadline: () => NOW + 1 })
    const { ledgers = (it: Ledgers) => it, nonce = this.#nonces, freshId = this.#ids } = this.#plant
    return landDeps(store, { ledgers: ledgers(ledgersOn(store, nonce), store), encoder: offsetsEncoder, freshId })
  }

  /** Does the tasks of one container; one that crashes is replaced by a cold one. */
  async run(tasks: readonly Task[]): Promise<void> {
    let deps = this.container()
    for (const task of tasks) {
      const crashed = task.kind === 'settle' ? await this.#settle(deps) : await this.#deliver(task.offsets, deps)
      if (crashed) deps = this.container()
    }
  }

  /** From here on nothing goes wrong any more. */
  calm(): void {
    this.#faults.length = 0
  }

  async #settle({ ledgers }: LandDeps): Promise<boolean> {
    try {
      await ledgers.settle(AT)
      return false
    } catch (error) {
      if (error instanceof Crash) return true
      throw error
    }
  }

  /** A batch that is answered for without a failure is committed to Kafka: it has to be in the files by then. */
  async #deliver(offsets: readonly number[], deps: LandDeps): Promise<boolean> {
    const { failure } = await land(batchOf(offsets), deps)
    if (failure && !(failure.error instanceof Crash)) throw failure.error
    if (!failure) {
      const landed = new Set(this.landed())
      for (const offset of offsets) assert.ok(landed.has(offset), `${offset} was answered for and is in no file`)
    }
    return failure !== undefined
  }

  landed(): number[] {
    const data = [...this.store.objects.values()].filter(({ metadata }) => metadata['kind'] === 'data')
    return data.flatMap(({ body }) => JSON.parse(Buffer.from(body).toString())).sort((a, b) => a - b)
  }
}

function batchOf(offsets: readonly number[]): PartitionBatch {
  return { ...AT, records: offsets.map((offset) => aRecord({ offset, value: null, timestamp: NOW + offset })) }
}

function exactlyOnce(plant: Plant = {}) {
  return fc.asyncProperty(fc.scheduler(), scenario, async (scheduler, { containers, faults }) => {
    const world = new World(plant, faults, (what) => scheduler.schedule(Promise.resolve(), what))

    await scheduler.waitFor(Promise.all(containers.map((tasks) => world.run(tasks))))
    await scheduler.waitIdle()
    world.calm()
    // The mapping delivers until it has its answer: at last all of the log comes to a container that nothing happens to.
    const redrive = world.run([LOG.slice(0, 7), LOG.slice(4)].map((offsets) => ({ kind: 'batch', offsets })))
    await scheduler.waitFor(redrive)

    assert.deepEqual(world.landed(), LOG)
  })
}

test('each offset is in one data file, whatever happens to whom and when', async () => {
  await fc.assert(exactlyOnce(), { numRuns: RUNS })
})

describe('the model finds a planted mistake:', () => {
  const plants: Readonly<Record<string, Plant>> = {
    'no fencing: a claim without a file is taken for fenced and nothing is put at its key': {
      ledgers: (ledgers, store) => ({
        ...bound(ledgers),
        decide: async (claim, content) => {
          if (content.kind === 'data') return ledgers.decide(claim, content)
          return (await store.head(claim.key)) ? 'landed' : 'fenced'
        },
      }),
    },
    'a blind 412: whatever stands at the key of a claim is taken for its data': {
      ledgers: (ledgers) => ({
        ...bound(ledgers),
        decide: async (claim, content) => {
          const fate = await ledgers.decide(claim, content)
          return content.kind === 'data' ? 'landed' : fate
        },
      }),
    },
    'no nonce: two writes of the same ledger cannot be told apart': { nonce: () => 'always the same' },
    'gaps forgotten: what a batch skipped counts as landed': {
      ledgers: (ledgers) => ({
        ...bound(ledgers),
        read: async (at) => withoutGaps(await ledgers.read(at)),
        write: (ledger, etag) => ledgers.write({ ...ledger, gaps: [] }, etag),
      }),
    },
    'a key without a fresh part: a later claim of the same offsets meets the void of an earlier one': {
      freshId: () => 'always-the-same',
    },
    'a claim written without a condition: the last writer wins': {
      ledgers: (ledgers) => ({
        ...bound(ledgers),
        write: async (ledger) => ledgers.write(ledger, (await ledgers.read(ledger)).etag),
      }),
    },
  }
  for (const [name, plant] of Object.entries(plants)) {
    test(name, async () => {
      const { failed, numRuns } = await fc.check(exactlyOnce(plant), { numRuns: 3_000, endOnFailure: true })

      assert.ok(failed, `not found in ${numRuns} runs`)
    })
  }
})

function bound(ledgers: Ledgers): Ledgers {
  return {
    cluster: ledgers.cluster,
    look: (claim) => ledgers.look(claim),
    read: (at) => ledgers.read(at),
    list: () => ledgers.list(),
    write: (ledger, etag) => ledgers.write(ledger, etag),
    decide: (claim, content) => ledgers.decide(claim, content),
    settle: (at) => ledgers.settle(at),
  }
}

function withoutGaps(version: LedgerVersion): LedgerVersion {
  return { ...version, ledger: { ...version.ledger, gaps: [] } }
}
