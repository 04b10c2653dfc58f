import { runCommand } from '../command/command.ts'
import { oneOf } from '../command/option-values.ts'
import { UsageError } from '../lake/errors.ts'
import { costReport } from './cost/cost-report.ts'
import { floorText } from './cost/floor.ts'
import { needsText } from './cost/needs.ts'
import { EXAMPLES } from './examples.ts'
import { type Context, readStage } from './stage.ts'

const HELP = `
Prints what a stage costs a month under a load, service by service, and from which load on Firehose or MSK Connect
would be the cheaper way from Kafka into S3.

  npm run cost -- --stage dev --bars-per-second 40
  npm run cost -- --stage prod --bars-per-second 4000 -c brokerKind=standard -c brokerInstance=kafka.m7g.large
  npm run cost -- --floor                     the least that a month can cost, by how much of a lake one wants
  npm run cost -- --stage prod --bars-per-second 12000 --needs     what such a load needs of AWS, and where it ends
  npm run -s cost -- --stage dev --bars-per-second 4 --format json

Options
  --stage NAME           dev, prod, byo or local (default: dev)
  --bars-per-second N    bars that come in, on average (default: 40)
  --scanned-gb N         what queries scan a month, GB (default: 100)
  -c, --context K=V      turns a knob, as for deploy
  --format table|json    (default: table)
  --needs                in place of the bill: pollers, partitions, requests and tasks beside their limits
  --floor                stages beside each other, cheapest first, at 4 bars/s

List prices of one region and day: infra/cost/prices.ts. docs/cost.md explains them.
`

await runCommand({
  help: HELP,
  options: {
    stage: { type: 'string', default: 'dev' },
    'bars-per-second': { type: 'string', default: '40' },
    'scanned-gb': { type: 'string', default: '100' },
    context: { type: 'string', short: 'c', multiple: true, default: [] },
    format: { type: 'string', default: 'table' },
    floor: { type: 'boolean' },
    needs: { type: 'boolean' },
  },
  run({ values }) {
    if (values.floor) {
      process.stdout.write(`${floorText()}\n`)
      return 0
    }
    const format = oneOf(['table', 'json'], '--format', values.format)
    const knobs = contextOf(values.context)
    const stage = readStage({ ...exampleOf(values.stage, knobs), ...knobs, stage: values.stage })
    const load = {
      barsPerSecond: positive('--bars-per-second', values['bars-per-second']),
      scannedGb: positive('--scanned-gb', values['scanned-gb']),
    }
    if (values.needs) {
      process.stdout.write(`${needsText(stage, load)}\n`)
      return 0
    }
    const { text, data } = costReport(stage, load)
    process.stdout.write(`${format === 'json' ? JSON.stringify(data, null, 2) : text}\n`)
    return 0
  },
})

/** What a stage needs to be read at all; its cluster only where none is given. */
function exampleOf(stage: string, { brokers }: Context): Context {
  const { clusterArn, ...others } = Object.entries(EXAMPLES).find(([name]) => name === stage)?.[1] ?? {}
  return brokers === undefined ? { ...others, clusterArn } : others
}

function contextOf(pairs: readonly string[]): Context {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key, value] = /^(\w+)=(.*)$/.exec(pair) ?? []
      if (key === undefined) throw new UsageError(`-c takes knob=value; got ${pair}.`)
      return [key, value]
    }),
  )
}

function positive(option: string, text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new UsageError(`${option} takes a number above 0; got ${text}.`)
}
