import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { alternatives, landingCost } from '../../infra/cost/cost-report.ts'
import { floors } from '../../infra/cost/floor.ts'
import { gbPerMonth, SECONDS_PER_MONTH } from '../../infra/cost/load.ts'
import { MERGE_SECONDS } from '../../infra/cost/merge.ts'
import { monthlyCost } from '../../infra/cost/monthly-cost.ts'
import { PRICES } from '../../infra/cost/prices.ts'
import { EXAMPLES } from '../../infra/examples.ts'
import { readStage, type Stage } from '../../infra/stage.ts'
import { templatesOf } from '../support/synth.ts'

const dev = readStage(EXAMPLES.dev)
const LOAD = { barsPerSecond: 40, scannedGb: 100 }

function dollars(stage: Stage, service: string, load = LOAD): number {
  return monthlyCost(stage, load).find((line) => line.service === service)?.dollars ?? 0
}

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-AbCdEf'

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

  test('has the first unit for ten pollers, and a second from the eleventh on', () => {
    const units = (minPollers: number) =>
      dollars(readStage({ ...EXAMPLES.dev, minPollers, maxPollers: 20 }), 'Lambda pollers') / 135.05

    assert.deepEqual([1, 10, 11].map(units), [1, 1, 2])
  })

  test('counts the metrics behind the alarms as the watch stack has them', () => {
    const larger = { ...EXAMPLES.dev, brokerInstance: 'kafka.m7g.large' }
    const serverless = { ...EXAMPLES.dev, brokerKind: 'serverless' }
    const elsewhere = { stage: 'byo', brokers: 'a:9096', brokersSecretArn: SECRET }
    const onDemand = { ...elsewhere, minPollers: 0 }
    for (const context of [EXAMPLES.dev, EXAMPLES.prod, EXAMPLES.byo, larger, serverless, elsewhere, onDemand]) {
      const alarms = Object.values(templatesOf(context)('watch').findResources('AWS::CloudWatch::Alarm'))
      const metrics = alarms.map(({ Properties }) => metricsOf(Properties.Metrics)).reduce((sum, each) => sum + each)
      const line = monthlyCost(readStage(context), LOAD).find(({ service }) => service === 'CloudWatch')

      assert.match(line?.made ?? '', new RegExp(`^alarms on ${metrics} metrics`))
    }
  })

  test('has the merge of a month in it, by the CPU time that its rows take, half of them on average', () => {
    const prod = readStage(EXAMPLES.prod)
    const service = 'Compaction and forecasts'
    const [few, many] = [1_000, 12_000].map((barsPerSecond) => dollars(prod, service, { ...LOAD, barsPerSecond }))
    const rows = (11_000 * SECONDS_PER_MONTH) / 2
    const { compactorMemoryMb } = prod
    const gb = compactorMemoryMb / 1024
    const seconds = 730 * rows * (MERGE_SECONDS / (compactorMemoryMb / 1769))

    assert.ok(Math.abs((many ?? 0) - (few ?? 0) - seconds * gb * PRICES.lambda.gbSecondArm) < 0.01)
  })

  test('is told in docs/scale.md for a thousand times the load', () => {
    const prod = readStage(EXAMPLES.prod)
    const lines = monthlyCost(prod, { barsPerSecond: 12_000, scannedGb: 100 })
    const total = lines.reduce((sum, line) => sum + line.dollars, 0)
    const merging = lines.find(({ service }) => service === 'Compaction and forecasts')?.dollars ?? 0
    const told = [total, merging].map((each) => `\\$${Math.round(each).toLocaleString('en-US')}`)

    assert.match(readFileSync('docs/scale.md', 'utf8'), new RegExp(`${told[0]}, of which merging is ${told[1]}`))
  })

  test('of a broker without a known price is no number, rather than a wrong one', () => {
    const unknown = readStage({ ...EXAMPLES.dev, brokerInstance: 'kafka.m99.huge' })

    assert.ok(Number.isNaN(dollars(unknown, 'MSK brokers')))
  })
})

test('at the break-even load both ways cost the same', () => {
  const prod = readStage(EXAMPLES.prod)
  const [firehose] = alternatives(prod, LOAD)
  const load = { ...LOAD, barsPerSecond: firehose?.evenAt ?? 0 }

  const again = alternatives(prod, load)[0]?.dollars ?? 0

  assert.ok(Math.abs(again - landingCost(prod, load)) < 0.01, `${again}`)
})

test('Firehose is said not to read from t3 brokers of ours, and to read from larger ones and from yours', () => {
  const lacks = (context: object) => alternatives(readStage({ ...EXAMPLES.dev, ...context }), LOAD)[0]?.lacks ?? ''

  assert.match(lacks({}), /^not from t3 brokers/)
  assert.doesNotMatch(lacks({ brokerInstance: 'kafka.m7g.large' }), /t3/)
  assert.doesNotMatch(lacks(EXAMPLES.byo), /t3/)
})

describe('docs/cost.md', () => {
  const page = readFileSync('docs/cost.md', 'utf8')

  test('says of every price where it is from, and says the price itself right', () => {
    const { region, asOf, hoursPerMonth, ...prices } = PRICES
    const rows = [...page.matchAll(/^\| `([\w.]+)` \| ([\d.]+) \|/gm)].map(([, path, price]) => [path, Number(price)])

    assert.deepEqual(rows, leaves(prices))
  })

  test('has the floor as the command prints it', () => {
    const bill = (stage: Stage) => {
      const lines = monthlyCost(stage, { ...LOAD, barsPerSecond: 4 })
      const named = ['MSK brokers', 'Lambda pollers', 'Producer', 'CloudWatch']
      const of = (services: readonly string[], isIn: boolean) =>
        lines.filter(({ service }) => services.includes(service) === isIn).reduce((sum, each) => sum + each.dollars, 0)
      return [...named.map((service) => of([service], true)), of(named, false)].map(Math.round)
    }
    const rows = [...page.matchAll(/^\| [\w ]+ \| \$(\d+)[^|]*\| \$(\d+)/gm)]

    assert.deepEqual(
      rows.map(([, ofDev]) => Number(ofDev)),
      bill(dev),
    )
    assert.deepEqual(
      rows.map(([, , ofProd]) => Number(ofProd)),
      bill(readStage(EXAMPLES.prod)),
    )
  })

  test('has the ways to try it as the command prints them, cheapest first', () => {
    const rows = [...page.matchAll(/^\| ([^|]+?) \| ([\d.]+) \| [^|\d]/gm)].filter(([, way]) => !way?.startsWith('`'))

    assert.deepEqual(
      rows.map(([, way, dollars]) => [way, dollars]),
      floors().map(({ way, dollars }) => [way, dollars.toFixed(2)]),
    )
    const all = floors().map(({ dollars }) => dollars)
    assert.deepEqual(
      all,
      [...all].sort((a, b) => a - b),
    )
  })

  test('has the break-even loads as the command prints them', () => {
    const evenAt = (stage: Stage) => alternatives(stage, LOAD)[0]?.evenAt
    const inProd = Number(evenAt(readStage(EXAMPLES.prod))?.toPrecision(2)).toLocaleString('en-US')

    assert.equal(evenAt(dev), undefined)
    assert.match(page, new RegExp(`cheaper in prod below\\s+some\\s+${inProd} bars/s`))
  })
})

test('40 bars a second are some 315 GB of JSON a year', () => {
  assert.equal(Math.round(gbPerMonth(LOAD).wire * 12), 315)
})

/** What an alarm is billed for: each metric that an expression reads, or the one that it watches. */
function metricsOf(queries: readonly { readonly MetricStat?: object }[] = [{ MetricStat: {} }]): number {
  return queries.filter(({ MetricStat }) => MetricStat !== undefined).length
}

function leaves(node: object, path: readonly string[] = []): readonly (readonly [string, number])[] {
  return Object.entries(node).flatMap(([name, value]) =>
    typeof value === 'number' ? [[[...path, name].join('.'), value] as const] : leaves(value, [...path, name]),
  )
}
