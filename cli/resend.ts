import { randomUUID } from 'node:crypto'
import { answerFormatOf, answerText } from '../command/answer-text.ts'
import { runCommand } from '../command/command.ts'
import { instantOf, needed, oneOf } from '../command/option-values.ts'
import { say } from '../command/progress.ts'
import { UsageError } from '../lake/errors.ts'
import { kafkaClient } from '../lake/kafka/kafka-access.ts'
import { KafkajsSender } from '../lake/kafka/kafkajs-sender.ts'
import { KafkaTopicLog } from '../lake/ledger/kafka-topic-log.ts'
import { LandedFiles } from '../lake/ledger/landed-files.ts'
import { jsonLog } from '../lake/log.ts'
import { REJECT_CODES } from '../lake/records/judge.ts'
import { brokersOf } from './lake/lake-cluster.ts'
import { openLakeToChange } from './lake/lake-to-change.ts'
import { type ResentFile, resendRejected, resentText } from './resend/resend.ts'
import { ResendMarks } from './resend/resend-marks.ts'

const HELP = `
Sends records that were rejected back to their topic, key and value byte for byte: after a fix, they are judged again.

  npm run resend -- --rejected --reason open_outside --dry-run
  npm run resend -- --rejected --reason open_outside --from 2026-11-01 --to 2026-11-08

What was sent is marked in the bucket, below replayed/, before and after it is sent: no record is sent twice, however
often the command is run. A copy is a record of its own: where it is rejected again, the next run sends that, so mend
what was wrong first, and look at --dry-run. One that is killed midway leaves its file marked; --resume then asks the topic itself which
copies arrived (each names its original in the header tickerlake-replay-of) and sends the rest.

Options
  --rejected                the rejected records of the landing table (needed: it says what is resent)
  --reason CODE             their reject code (needed); docs/glossary.md explains each
  --from, --to INSTANT      only arrivals (ts_recv) from, and before, an ISO 8601 date or time, UTC
  --dry-run                 only say what would be sent
  --resume                  finish what an earlier resend began; only when none runs any more
  --format table|csv|json   how the list of files is printed (default: table)
  --stage NAME              the stage on AWS (default: the local engine, if one runs)
`

const COLUMNS = [
  { name: 'partition', type: 'integer' },
  { name: 'records', type: 'bigint' },
  { name: 'sent_before', type: 'bigint' },
  { name: 'file', type: 'varchar' },
] as const

await runCommand({
  help: HELP,
  options: {
    rejected: { type: 'boolean', default: false },
    reason: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    format: { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values }) {
    const format = answerFormatOf(values.format)
    if (!values.rejected) throw new UsageError('Say what is to be resent: --rejected --reason CODE. See --help.')
    const request = {
      reason: oneOf(REJECT_CODES, '--reason', needed(values.reason, '--reason CODE')),
      from: instantOf(values.from, '--from', Number.NEGATIVE_INFINITY),
      to: instantOf(values.to, '--to', Number.POSITIVE_INFINITY),
      dryRun: values['dry-run'],
      resume: values.resume,
    }
    const { target, deployment, store } = await openLakeToChange(process.env, values.stage)
    const { topic } = deployment
    const access = await brokersOf(target, deployment)
    const log = new KafkaTopicLog(access)
    const errors = jsonLog((line) => void process.stderr.write(line), 'error')
    const sender = new KafkajsSender(kafkaClient(access, errors), topic)
    try {
      const marks = new ResendMarks(store, randomUUID)
      const deps = { marks, files: new LandedFiles(store), log, sender, progress: say }
      const resent = await resendRejected({ ...request, topic }, deps)
      process.stdout.write(`${answerText({ columns: COLUMNS, rows: resent.map(cellsOf) }, format)}\n`)
      say(resentText(resent, { ...request, topic }))
      return 0
    } finally {
      await Promise.all([sender.close(), log.close()])
    }
  },
})

function cellsOf({ key, partition, records, before }: ResentFile): string[] {
  return [String(partition), String(records), String(before), key]
}
