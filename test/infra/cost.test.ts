import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { alternatives, landingCost } from '../../infra/cost/break-even.ts'
import { gbPerMonth } from '../../infra/cost/load.ts'
import { monthlyCost } from '../../infra/cost/monthly-cost.ts'
import { EXAMPLES } from '../../infra/examples.ts'
import { readStage, type Stage } from '../../infra/stage.ts'

const dev = readStage(EXAMPLES.dev)
const LOAD = { barsPerSecond: 40, scannedGb: 100 }

function dollars(stage: Stage, service: string, load = LOAD): number {
  return monthlyCost(stage, load).find((line) => line.service === service)?.dollars ?? 0
}

describe('the bill', () => {
  test('of two t3.small is their hours', () => {
    assert.equal(dollars(dev, 'MSK brokers').toFixed(2), '66.58')
  })

  test('never falls when more comes in', () => {
    const totals = [0.1, 1, 10, 100, 1000, 10_000].map((barsPerSecond) =>
      monthlyCost(dev, { ...LOAD, barsPerSecond }).reduce((sum, line) => sum + line.dollars, 0),
    )

    assert.deepEqual(
      totals,
      [...totals].sort((a, b) => a - b),
    )
  })

  test('has no broker where the cluster is yours', () => {
    assert.equal(dollars(readStage(EXAMPLES.byo), 'Kafka'), 0)
    assert.equal(dollars(readStage(EXAMPLES.byo), 'MSK brokers'), 0)
  })

  test('follows the knobs: a shorter window makes more batches, provisioned pollers a unit', () => {
    const hasty = readStage({ ...EXAMPLES.dev, batchWindowSeconds: 5 })
    const provisioned = readStage({ ...EXAMPLES.dev, minPollers: 1 })

    assert.ok(dollars(hasty, 'Consumer') > 5 * dollars(dev, 'Consumer'))
    assert.equal(dollars(provisioned, 'Lambda pollers').toFixed(2), '135.05')
  })

  test('of a broker without a known price is no number, rather than a wrong one', () => {
    const unknown = readStage({ ...EXAMPLES.dev, brokerInstance: 'kafka.m99.huge' })

    assert.ok(Number.isNaN(dollars(unknown, 'MSK brokers')))
  })
})

test('at the break-even load both ways cost the same', () => {
  const [firehose] = alternatives(dev, LOAD)
  const load = { ...LOAD, barsPerSecond: firehose?.evenAt ?? 0 }

  const again = alternatives(dev, load)[0]?.dollars ?? 0

  assert.ok(Math.abs(again - landingCost(dev, load)) < 0.01, `${again}`)
})

test('40 bars a second are some 315 GB of JSON a year', () => {
  assert.equal(Math.round(gbPerMonth(LOAD).wire * 12), 315)
})
