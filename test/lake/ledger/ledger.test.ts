import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  byOffset,
  type Claim,
  decided,
  emptyLedger,
  isDecided,
  type Ledger,
  MAX_CLAIM_RANGES,
  MAX_GAPS,
  nextStep,
} from '../../../lake/ledger/ledger.ts'
import { encodeLedger, parseLedger } from '../../../lake/ledger/ledger-object.ts'
import { countOffsets, includes, rangesOf } from '../../../lake/ledger/offset-ranges.ts'
import { aRecord, NOW } from '../../support/bars.ts'
import { recordsAt, span } from '../../support/lake.ts'

const EMPTY = emptyLedger({ topic: 'market.bars', partition: 0 })

function aLedger(fields: Partial<Ledger> = {}): Ledger {
  return { ...EMPTY, maxTimestamp: NOW + 1_000_000, ...fields }
}

function aClaim(kind: Claim['kind'], ...offsets: readonly number[]): Claim {
  return { kind, id: 'c', key: 'landing/c.parquet', offsets: rangesOf(offsets), maxTimestamp: NOW, ahead: [] }
}

describe('the next step', () => {
  test('is a claim of all records where nothing is landed', () => {
    const step = nextStep(EMPTY, recordsAt([0, 1, 3]), NOW)

    assert.ok(step.kind === 'claim')
    assert.deepEqual(step.claim, {
      kind: 'next',
      offsets: [
        [0, 1],
        [3, 3],
      ],
      maxTimestamp: NOW + 3,
      ahead: [],
    })
    assert.equal(step.records.length, 3)
  })

  test('is to fill holes before it is to go on', () => {
    const ledger = aLedger({ next: 10, gaps: [[2, 4]] })

    const step = nextStep(ledger, recordsAt([1, 2, 4, 10, 11]), NOW)

    assert.ok(step.kind === 'claim')
    assert.deepEqual(
      [step.claim.kind, step.claim.offsets],
      [
        'fill',
        [
          [2, 2],
          [4, 4],
        ],
      ],
    )
  })

  test('is to settle a claim of unknown fate before another is made', () => {
    const ledger = aLedger({ next: 5, claim: aClaim('next', 5, 6) })

    assert.equal(nextStep(ledger, recordsAt([6, 7]), NOW).kind, 'settle')
  })

  test('leaves an open claim alone where every record is landed: nobody is fenced without need', () => {
    const ledger = aLedger({ next: 5, claim: aClaim('next', 5, 6) })

    assert.equal(nextStep(ledger, recordsAt([3, 4]), NOW).kind, 'done')
  })

  test('is to stop where a landed offset comes with a record newer than anything landed', () => {
    const ledger = aLedger({ next: 5, maxTimestamp: NOW })

    assert.equal(nextStep(ledger, recordsAt([0]), NOW).kind, 'done')
    assert.equal(nextStep(ledger, recordsAt([1]), NOW).kind, 'recreated')
  })

  test('takes a newer record at a gap for what it is: a hole that is filled late', () => {
    const ledger = aLedger({ next: 5, gaps: [[1, 1]], maxTimestamp: NOW })

    assert.equal(nextStep(ledger, recordsAt([1]), NOW).kind, 'claim')
  })

  test('drops a newer record among offsets that were given up, where its age proves nothing', () => {
    const ledger = aLedger({ next: 50, givenUp: { offsets: 3, singles: 0, below: 20 }, maxTimestamp: NOW })

    assert.equal(nextStep(ledger, recordsAt([19]), NOW).kind, 'done')
    assert.equal(nextStep(ledger, recordsAt([20]), NOW).kind, 'recreated')
  })

  test('sets apart what is stamped ahead of its arrival, and learns no time from it', () => {
    const records = [aRecord({ offset: 0 }), aRecord({ offset: 1, timestamp: 2 ** 63 }), aRecord({ offset: 2 })]

    const step = nextStep(EMPTY, records, NOW)

    assert.ok(step.kind === 'claim')
    assert.deepEqual([step.claim.maxTimestamp, step.claim.ahead], [NOW, [[1, 1]]])
  })

  test('is not to stop for a record that was ahead of its time when it landed, however late it comes again', () => {
    const ledger = aLedger({ next: 5, maxTimestamp: NOW, ahead: [[2, 2]] })
    const early = (offset: number) => [aRecord({ offset, timestamp: NOW + 7_200_000 })]

    assert.equal(nextStep(ledger, early(2), NOW + 86_400_000).kind, 'done')
    assert.equal(nextStep(ledger, early(3), NOW + 86_400_000).kind, 'recreated')
  })

  test('cuts a claim of very many pieces, and the rest is claimed after it', () => {
    const offsets = Array.from({ length: MAX_CLAIM_RANGES + 10 }, (_, i) => i * 2)

    const step = nextStep(EMPTY, recordsAt(offsets), NOW)

    assert.ok(step.kind === 'claim')
    assert.equal(step.claim.offsets.length, MAX_CLAIM_RANGES)
    assert.equal(step.records.length, MAX_CLAIM_RANGES)
  })
})

describe('a ledger whose claim is decided', () => {
  test('moves on when it landed, and leaves what it skipped as gaps', () => {
    const ledger = aLedger({ next: 3, gaps: [[1, 1]], claim: aClaim('next', 5, 6, 9) })

    const after = decided(ledger, 'landed')

    assert.deepEqual([after.next, after.claim], [10, null])
    assert.deepEqual(after.gaps, [
      [1, 1],
      [3, 4],
      [7, 8],
    ])
  })

  test('stays as it was when it was fenced', () => {
    const ledger = aLedger({ next: 3, gaps: [[1, 1]], claim: aClaim('next', 5, 6, 9) })

    assert.deepEqual(decided(ledger, 'fenced'), { ...ledger, claim: null })
  })

  test('has its gaps closed by what filled them', () => {
    const ledger = aLedger({ next: 10, gaps: [[2, 6]], claim: aClaim('fill', 3, 4) })

    const after = decided(ledger, 'landed')

    assert.deepEqual(
      [after.next, after.gaps],
      [
        10,
        [
          [2, 2],
          [5, 6],
        ],
      ],
    )
  })

  test('keeps a bounded list of gaps and counts the oldest that it gives up', () => {
    const many = Array.from({ length: MAX_GAPS + 1 }, (_, i) => i * 3 + 2)

    const after = decided(aLedger({ claim: aClaim('next', ...many) }), 'landed')

    assert.equal(after.gaps.length, MAX_GAPS)
    assert.deepEqual(after.givenUp, { offsets: 2, singles: 0, below: 2 })
    assert.ok(isDecided(after, 0))
  })

  test('remembers what failed through any number of transactions, whose markers go first', () => {
    let ledger = aLedger({ next: 3, gaps: [[1, 2]] })
    for (let i = 1; i <= 5_000; i++)
      ledger = decided({ ...ledger, claim: aClaim('next', i * 3 + 1, i * 3 + 2) }, 'landed')

    assert.equal(ledger.gaps.length, MAX_GAPS)
    assert.deepEqual(ledger.gaps[0], [1, 3], 'the first marker stands beside what failed')
    assert.equal(ledger.givenUp.offsets, 0)
    assert.equal(ledger.givenUp.singles, 4_999 - (MAX_GAPS - 1))
    assert.ok(!isDecided(ledger, 1) && isDecided(ledger, 6))
  })
})

test('a thousand records from the future, far apart, cost the ledger a hundred ranges that hold them all', () => {
  const offsets = Array.from({ length: 1_000 }, (_, i) => i * 3)
  const records = offsets.map((offset) => aRecord({ offset, timestamp: Date.UTC(2100, 0, 1) }))

  const step = nextStep(EMPTY, records, NOW)
  assert.ok(step.kind === 'claim')
  const { ahead } = decided({ ...EMPTY, claim: { ...step.claim, id: '', key: '' } }, 'landed')

  assert.equal(ahead.length, 100)
  assert.ok(offsets.every((offset) => includes(ahead, offset)))
})

test('each offset is landed, a gap, given up or still to come, whatever is landed in whatever order', () => {
  const batches = fc.array(fc.uniqueArray(fc.nat(80), { minLength: 1 }), { maxLength: 12 })
  fc.assert(
    fc.property(batches, (taken) => {
      let ledger = EMPTY
      const landed = new Set<number>()
      for (const offsets of taken) {
        const records = recordsAt(offsets.toSorted((a, b) => a - b)).map((record) => ({ ...record, timestamp: 0 }))
        for (let step = nextStep(ledger, records, NOW); step.kind !== 'done'; step = nextStep(ledger, records, NOW)) {
          assert.ok(step.kind === 'claim')
          for (const { offset } of step.records) {
            assert.ok(!landed.has(offset), `${offset} twice`)
            landed.add(offset)
          }
          ledger = decided({ ...ledger, claim: { ...step.claim, id: '', key: '' } }, 'landed')
        }
        for (const offset of offsets) assert.ok(landed.has(offset), `${offset} not at all`)
      }
      assert.equal(landed.size + countOffsets(ledger.gaps), ledger.next)
    }),
  )
})

test('records go by offset, each offset once', () => {
  assert.deepEqual(
    byOffset(recordsAt([3, 1, 2, 3])).map(({ offset }) => offset),
    [1, 2, 3],
  )
})

describe('the ledger as an object', () => {
  test('is read back as it was written', () => {
    const ledger = aLedger({
      next: 7,
      gaps: [
        [1, 2],
        [4, 4],
      ],
      claim: aClaim('next', ...span(7, 9)),
      nonce: 'n',
    })

    assert.deepEqual(parseLedger(encodeLedger(ledger), 'ledger/k.json'), ledger)
    assert.deepEqual(parseLedger(encodeLedger(EMPTY), 'ledger/k.json'), EMPTY)
  })

  test('of an earlier release, which knew of no records ahead of their time and no single gaps, is read', () => {
    const { ahead: _, ...claim } = aClaim('next', 7)
    const { ahead: __, ...ledger } = JSON.parse(encodeLedger(aLedger({ next: 7 })))
    const givenUp = { offsets: 1, below: 2 }

    const read = parseLedger(JSON.stringify({ ...ledger, claim, givenUp }), 'ledger/k.json')

    assert.deepEqual([read.ahead, read.claim?.ahead, read.givenUp], [[], [], { ...givenUp, singles: 0 }])
  })

  test('that is not one is refused with its key, what is wrong and what to do', () => {
    const wrong: readonly (readonly [fields: object, says: RegExp])[] = [
      [{ version: 2 }, /its version is 2/],
      [{ next: 1.5 }, /next is not a whole number/],
      [{ next: '7' }, /next is not a whole number/],
      [{ topic: null }, /topic is not text/],
      [{ gaps: 'none' }, /gaps is not a list/],
      [{ gaps: [[2, 1]] }, /gaps is not a list of ascending offset ranges/],
      [
        {
          gaps: [
            [1, 2],
            [3, 4],
          ],
        },
        /gaps is not a list of ascending offset ranges/,
      ],
      [{ givenUp: null }, /givenUp is not an object/],
      [{ claim: {} }, /claim.kind/],
      [{ claim: aClaim('next') }, /its claim is of no offsets/],
    ]
    for (const [fields, says] of wrong) {
      const text = JSON.stringify({ ...JSON.parse(encodeLedger(aLedger({ claim: aClaim('next', 1) }))), ...fields })

      assert.throws(
        () => parseLedger(text, 'ledger/k.json'),
        (error) => error instanceof Error && says.test(error.message) && error.message.includes('ledger/k.json'),
      )
    }
  })
})
