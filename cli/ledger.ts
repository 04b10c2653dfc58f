import { agreed } from '../command/agreed.ts'
import { answerFormatOf } from '../command/answer-text.ts'
import { runCommand } from '../command/command.ts'
import { oneOf } from '../command/option-values.ts'
import { say } from '../command/progress.ts'
import { systemClock } from '../lake/clock.ts'
import { UsageError } from '../lake/errors.ts'
import { LandedFiles } from '../lake/ledger/landed-files.ts'
import type { TopicPartition } from '../lake/ledger/ledger.ts'
import { ledgerKey } from '../lake/ledger/ledger-object.ts'
import { applyReset, planReset } from '../lake/ledger/ledger-reset.ts'
import { countOffsets } from '../lake/ledger/offset-ranges.ts'
import { askingFor, clusterOfLake } from '../lake/ledger/ownership.ts'
import { ledgersOf } from './lake/lake-cluster.ts'
import { ledgersToChange, openLakeToChange } from './lake/lake-to-change.ts'
import { type Lake, openLake } from './lake/open-lake.ts'
import { targetOf } from './lake/target.ts'
import { ledgersText, showLedgers } from './ledger/ledger-show.ts'

const HELP = `
Shows and mends the offset ledgers: which offsets of each topic partition are landed (docs/exactly-once.md).

  npm run ledger -- show
  npm run -s ledger -- show --format json
  npm run ledger -- settle
  npm run ledger -- reset --topic market.bars --partition 3
  npm run ledger -- reset --topic market.bars --partition 3 --recreated --yes

Commands
  show      every ledger, and what became of its last claim; changes nothing
  settle    decides every open claim and writes it down; harmless at any time, needed before landing files are removed
  reset     makes one ledger again from the landed files: for a ledger that is corrupt or gone. With --recreated it
            begins empty, in a new epoch: for a topic that was deleted and made again. Disable the mapping first.

Options
  --topic NAME, --partition N   which ledger to reset
  --unnamed ours|theirs         whose the files are that name no cluster (earlier releases), where
                                several clusters have ledgers
  --recreated                   the topic was deleted and made again: begin at offset 0
  --yes                         reset without asking
  --format table|csv|json       how show prints (default: table)
  --cluster NAME                whose ledgers, where the bucket has those of several clusters
  --stage NAME                  the deployed stage (default: the local engine if one runs, else dev)
`

interface ResetRequest extends TopicPartition {
  readonly recreated: boolean
  readonly unnamed: 'ours' | 'theirs' | undefined
  readonly yes: boolean
}

await runCommand({
  help: HELP,
  words: true,
  options: {
    topic: { type: 'string' },
    partition: { type: 'string' },
    recreated: { type: 'boolean', default: false },
    // The name of earlier releases.
    'made-anew': { type: 'boolean', default: false },
    unnamed: { type: 'string' },
    yes: { type: 'boolean', default: false },
    format: { type: 'string' },
    cluster: { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values, positionals }) {
    const verb = oneOf(['show', 'settle', 'reset'], 'ledger', positionals.join(' '))
    const format = answerFormatOf(values.format)
    // Showing reads; the other verbs change something.
    const lake = await (verb === 'show'
      ? openLake(targetOf(process.env, values.stage))
      : openLakeToChange(process.env, values.stage))
    const cluster = await clusterOfLake(lake, values.cluster)
    const ledgers = verb === 'show' ? ledgersOf(lake, cluster) : ledgersToChange(lake, cluster)
    switch (verb) {
      case 'show':
        process.stdout.write(`${ledgersText(await showLedgers(ledgers), format)}\n`)
        return 0
      case 'settle':
        for await (const at of ledgers.list()) {
          const { ledger } = await ledgers.settle(at)
          say(`${at.topic}-${at.partition}: settled, next offset ${ledger.next}`)
        }
        return 0
      case 'reset': {
        const at = partitionOf(values.topic, values.partition)
        const unnamed =
          values.unnamed === undefined ? undefined : oneOf(['ours', 'theirs'], '--unnamed', values.unnamed)
        const recreated = values.recreated || values['made-anew']
        return await reset({ ...at, recreated, unnamed, yes: values.yes }, lake, cluster)
      }
    }
  },
})

async function reset({ recreated, unnamed, yes, ...at }: ResetRequest, lake: Lake, cluster: string): Promise<number> {
  const ledgers = ledgersToChange(lake, cluster)
  const plan = await planReset(at, recreated, {
    ledgers,
    files: new LandedFiles(lake.store),
    asking: await askingFor(cluster, lake.store),
    unnamed,
    etagNow: async (at) => (await lake.store.head(ledgerKey(cluster, at)))?.etag,
    now: systemClock.now(),
  })
  const { next, gaps } = plan.ledger
  say(
    `The ledger of ${at.topic}-${at.partition} will begin at offset ${next} with ${countOffsets(gaps)} offsets missing ` +
      `below, ${recreated ? 'in a new epoch' : 'as the landed files have it'}. Disable the event source mapping first: a ` +
      'consumer that is landing now would land its records again.',
  )
  if (!yes && !(await agreed('Reset it?'))) {
    say('Nothing was changed.')
    return 1
  }
  await applyReset(plan, ledgers)
  say('The ledger is reset.')
  return 0
}

function partitionOf(topic: string | undefined, partition: string | undefined): TopicPartition {
  if (topic && partition !== undefined && /^\d+$/.test(partition)) return { topic, partition: Number(partition) }
  throw new UsageError('reset takes one ledger: --topic NAME --partition N.')
}
