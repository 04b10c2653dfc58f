import { answerFormatOf } from '../command/answer-text.ts'
import { runCommand } from '../command/command.ts'
import { say } from '../command/progress.ts'
import { isComplete } from '../lake/ledger/completeness.ts'
import { checkCompleteness } from '../lake/ledger/completeness-check.ts'
import { KafkaTopicLog } from '../lake/ledger/kafka-topic-log.ts'
import { LandedFiles } from '../lake/ledger/landed-files.ts'
import { clusterOfLake } from '../lake/ledger/ownership.ts'
import { brokersOf, ledgersOf } from './lake/lake-cluster.ts'
import { openLake } from './lake/open-lake.ts'
import { targetOf } from './lake/target.ts'
import { completenessText, completenessVerdict } from './ledger/completeness-text.ts'

const HELP = `
Counts what is landed, file by file, and says whether every Kafka record is there once.

  npm run verify
  npm run -s verify -- --format json | jq '.[] | select(.duplicates > 0)'
  npm run verify -- --no-broker

The count trusts no ledger: it reads every landing file. Then it asks the broker for its offsets, and whether it has a
record wherever a file lacks one (transaction markers and compacted records leave offsets that never were a record).

Options
  --topic NAME              the topic (default: the stage's)
  --no-broker               do not ask the broker: then only the ledgers tell a gap from a loss
  --format table|csv|json   how the report is printed (default: table); json has the offsets of gaps and losses
  --cluster NAME            whose ledgers, where the bucket has those of several clusters
  --stage NAME              the deployed stage (default: the local engine if one runs, else dev)

Exit code: 0 complete, 1 something is lost or doubled, 2 misuse. Records still to come (lag) are neither.
`

await runCommand({
  help: HELP,
  options: {
    topic: { type: 'string' },
    'no-broker': { type: 'boolean', default: false },
    format: { type: 'string' },
    cluster: { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values }) {
    const format = answerFormatOf(values.format)
    const target = targetOf(process.env, values.stage)
    const lake = await openLake(target)
    const topic = values.topic ?? lake.deployment.topic
    const log = values['no-broker'] ? undefined : new KafkaTopicLog(await brokersOf(target, lake.deployment))
    try {
      const ledgers = ledgersOf(lake, await clusterOfLake(lake, values.cluster))
      const files = new LandedFiles(lake.store)
      const reports = await checkCompleteness(topic, { store: lake.store, files, ledgers, log, progress: say })
      process.stdout.write(`${completenessText(reports, format)}\n`)
      say(completenessVerdict(reports))
      return isComplete(reports) ? 0 : 1
    } finally {
      await log?.close()
    }
  },
})
