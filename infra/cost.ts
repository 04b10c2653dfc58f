/** What a stage costs under a load: `npm run cost -- --stage dev --bars-per-second 40`. */
import { parseArgs } from 'node:util'
import { UsageError } from '../lambdas/core/errors.ts'
import { costReport } from './cost/cost-report.ts'
import { EXAMPLES } from './examples.ts'
import { type Context, readStage } from './stage.ts'

const HELP = `
Prints what a stage costs a month under a load, service by service, and from which load on Firehose or MSK Connect
would be the cheaper way from Kafka into S3.

  npm run cost -- --stage dev --bars-per-second 40
  npm run cost -- --stage prod --bars-per-second 4000 -c brokerKind=standard -c brokerInstance=kafka.m7g.large
  npm run -s cost -- --stage dev --bars-per-second 4 --format json

Options
  --stage NAME           dev, prod, byo or local (default: dev)
  --bars-per-second N    bars that come in, on average (default: 40)
  --scanned-gb N         what queries scan a month, GB (default: 100)
  -c, --context K=V      turns a knob, as for deploy
  --format table|json    (default: table)

List prices of one region and day: infra/cost/prices.ts. docs/cost.md explains them.
`

function run(args: string[]): string {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h' },
      stage: { type: 'string', default: 'dev' },
      'bars-per-second': { type: 'string', default: '40' },
      'scanned-gb': { type: 'string', default: '100' },
      context: { type: 'string', short: 'c', multiple: true, default: [] },
      format: { type: 'string', default: 'table' },
    },
  })
  if (values.help) return HELP.trim()
  const stage = readStage({ ...exampleOf(values.stage), ...contextOf(values.context), stage: values.stage })
  const load = {
    barsPerSecond: positive('--bars-per-second', values['bars-per-second']),
    scannedGb: positive('--scanned-gb', values['scanned-gb']),
  }
  if (values.format === 'json') return JSON.stringify(costReport(stage, load).data, null, 2)
  if (values.format === 'table') return costReport(stage, load).text
  throw new UsageError(`--format takes table or json; got ${values.format}.`)
}

function exampleOf(stage: string): Context {
  return Object.entries(EXAMPLES).find(([name]) => name === stage)?.[1] ?? {}
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

try {
  process.stdout.write(`${run(process.argv.slice(2))}\n`)
} catch (error) {
  const misuse = error instanceof UsageError || (error instanceof TypeError && 'code' in error)
  if (!misuse) throw error
  process.stderr.write(`${error.message} See --help.\n`)
  process.exitCode = 2
}
