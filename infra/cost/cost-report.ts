import type { Stage } from '../stage.ts'
import { type Alternative, alternatives, landingCost } from './break-even.ts'
import { gbPerMonth, type Load } from './load.ts'
import { type CostLine, monthlyCost } from './monthly-cost.ts'
import { PRICES } from './prices.ts'

export interface CostReport {
  readonly text: string
  readonly data: {
    readonly stage: string
    readonly region: string
    readonly asOf: string
    readonly load: Load
    readonly lines: readonly CostLine[]
    readonly total: number
    readonly landing: number
    readonly alternatives: readonly Alternative[]
  }
}

export function costReport(stage: Stage, load: Load): CostReport {
  const lines = monthlyCost(stage, load)
  const total = lines.reduce((sum, { dollars }) => sum + dollars, 0)
  const others = alternatives(stage, load)
  const landing = landingCost(stage, load)
  const { region, asOf } = PRICES
  const data = { stage: stage.name, region, asOf, load, lines, total, landing, alternatives: others }
  return { text: textOf(data), data }
}

function textOf({
  stage,
  region,
  asOf,
  load,
  lines,
  total,
  landing,
  alternatives: others,
}: CostReport['data']): string {
  const yearly = gbPerMonth(load).wire * 12
  return [
    `${stage} at ${load.barsPerSecond} bars/s (${yearly.toFixed(0)} GB of JSON a year), $ a month, list prices of ${region}, ${asOf}`,
    '',
    ...lines.map(({ service, dollars, made }) => row(service, dollars, made)),
    row('Total', total, ''),
    '',
    `From Kafka into S3 (pollers, consumer, PUTs): $${landing.toFixed(2)}. Instead:`,
    ...others.map(({ name, dollars, evenAt, lacks }) => {
      const even =
        evenAt === undefined ? 'at no load' : `at ${Number(evenAt.toPrecision(2)).toLocaleString('en-US')} bars/s`
      return row(name, dollars, `the same ${even}; ${lacks}`)
    }),
  ].join('\n')
}

function row(name: string, dollars: number, made: string): string {
  const amount = Number.isNaN(dollars) ? '?' : dollars.toFixed(2)
  return `${name.padEnd(32)}${amount.padStart(10)}  ${made}`.trimEnd()
}
