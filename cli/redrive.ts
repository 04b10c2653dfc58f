import { randomUUID } from 'node:crypto'
import { answerFormatOf, answerText } from '../command/answer-text.ts'
import { runCommand } from '../command/command.ts'
import { instantOf } from '../command/option-values.ts'
import { say } from '../command/progress.ts'
import { systemClock } from '../lake/clock.ts'
import { TickerlakeError } from '../lake/errors.ts'
import { KafkaTopicLog } from '../lake/ledger/kafka-topic-log.ts'
import { clusterOfLake } from '../lake/ledger/ownership.ts'
import { type Redriven, redrive } from '../lake/ledger/redrive.ts'
import { parquetEncoder } from '../lake/parquet/encoder.ts'
import { brokersOf } from './lake/lake-cluster.ts'
import { ledgersToChange, openLakeToChange } from './lake/lake-to-change.ts'

const HELP = `
Lands the batches that the event source mapping gave up and put into the lake's bucket below aws/lambda/: after too many
tries, too old a record, or one too large for Lambda. It writes the same files and ledgers as the consumer does, beside
it: each record lands once, however often this is run. Nothing is sent to the topic, and the batches stay where they are.
A batch is held against the topic first: one that another cluster gave up, or that is not what the topic has, is left out.

  npm run redrive -- --dry-run
  npm run redrive -- --from 2026-11-01
  npm run verify

Options
  --from INSTANT            only what was given up since, an ISO 8601 date or time, UTC
  --dry-run                 only say what would be landed
  --unchecked               do not ask the broker: for what the topic does not keep any more
  --same-brokers            the brokers that the batches name are this cluster's, under other names
  --format table|csv|json   how the list of batches is printed (default: table)
  --cluster NAME            whose ledgers, where the bucket has those of several clusters
  --stage NAME              the stage on AWS (default: the local engine, if one runs)

Exit code: 0 all is landed, 1 something could not be, 2 misuse.
`

const COLUMNS = [
  { name: 'partition', type: 'varchar' },
  { name: 'condition', type: 'varchar' },
  { name: 'records', type: 'bigint' },
  { name: 'landed_now', type: 'bigint' },
  { name: 'file', type: 'varchar' },
] as const

const EFFECTS = {
  warm: new Map(),
  encoder: parquetEncoder(),
  clock: systemClock,
  freshId: randomUUID,
  random: Math.random,
} as const

await runCommand({
  help: HELP,
  options: {
    from: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    unchecked: { type: 'boolean', default: false },
    'same-brokers': { type: 'boolean', default: false },
    format: { type: 'string' },
    cluster: { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values }) {
    const format = answerFormatOf(values.format)
    const dryRun = values['dry-run']
    const from = instantOf(values.from, '--from', Number.NEGATIVE_INFINITY)
    const lake = await openLakeToChange(process.env, values.stage)
    const access = await brokersOf(lake.target, lake.deployment)
    const log = values.unchecked ? undefined : new KafkaTopicLog(access)
    const brokers = values['same-brokers'] ? [] : access.brokers
    const redriven: Redriven[] = []
    let problems = 0
    try {
      const ledgers = ledgersToChange(lake, await clusterOfLake(lake, values.cluster))
      for await (const found of redrive({ from, dryRun }, { ...EFFECTS, store: lake.store, ledgers, log, brokers })) {
        if (!(found instanceof TickerlakeError)) redriven.push(found)
        else {
          problems++
          say(found.message)
        }
      }
    } finally {
      await log?.close()
    }
    process.stdout.write(`${answerText({ columns: COLUMNS, rows: redriven.map(cellsOf) }, format)}\n`)
    say(verdictOf(redriven, dryRun))
    return problems > 0 ? 1 : 0
  },
})

function cellsOf({ group, condition, records, landed, key }: Redriven): string[] {
  return [group, condition, String(records), String(landed), key]
}

function verdictOf(redriven: readonly Redriven[], dryRun: boolean): string {
  const records = redriven.reduce((sum, batch) => sum + batch.records, 0)
  const landed = redriven.reduce((sum, batch) => sum + batch.landed, 0)
  const done = dryRun ? 'would be landed' : 'are landed now'
  const others = landed < records ? '; the others had landed before' : ''
  return `${landed} of ${records} records in ${redriven.length} batches ${done}${others}.`
}
