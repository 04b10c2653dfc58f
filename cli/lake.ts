import { randomUUID } from 'node:crypto'
import { agreed } from '../command/agreed.ts'
import { answerFormatOf } from '../command/answer-text.ts'
import { runCommand } from '../command/command.ts'
import { numberIn, oneOf } from '../command/option-values.ts'
import { say } from '../command/progress.ts'
import { systemClock } from '../lake/clock.ts'
import { TickerlakeError, UsageError } from '../lake/errors.ts'
import { snapshotAsOf } from '../lake/iceberg/as-of.ts'
import type { LoadedTable } from '../lake/iceberg/iceberg-table.ts'
import { KEEP_LAST, retentionOf } from '../lake/iceberg/metadata.ts'
import { expire, rollBack } from '../lake/iceberg/upkeep.ts'
import { asOfOf } from './lake/as-of.ts'
import { openLakeToChange } from './lake/lake-to-change.ts'
import { type Lake, openLake } from './lake/open-lake.ts'
import { targetOf } from './lake/target.ts'
import { planRollback, rollbackText } from './snapshots/rollback-plan.ts'
import { showSnapshots, snapshotsText } from './snapshots/snapshot-list.ts'

const HELP = `
The snapshots of the table bars: what stood in it when, going back to one, and letting old ones go.

  npm run lake -- snapshots
  npm run -s lake -- snapshots --format json
  npm run lake -- rollback 4503599627370495
  npm run lake -- rollback 2026-11-20T12:00 --yes
  npm run lake -- expire

Commands
  snapshots               every snapshot that is kept, the newest first: since when, its rows, what its run did, and
                          how many records of the topic it has taken in (its mark); changes nothing
  rollback TIME|SNAPSHOT  makes bars what it was then, and the mark with it. The next compaction merges again what has
                          landed since: to keep a wrong row out, mend what lands, or stop the schedule (npm run pause).
                          A rollback can be taken back by another one, as long as its snapshot is kept.
  expire                  lets snapshots go that are older than the stage's snapshotDays, with the files that nothing
                          else holds; the current one and the last ${KEEP_LAST} stay. Every compaction does that too.

Options
  --days N                  expire: keep N days instead of snapshotDays, and of older ones the current one alone
  --lose-expired            rollback: also where landing files that it needs have expired, whose rows are then gone
  --yes                     roll back without asking
  --format table|csv|json   how the snapshots are printed (default: table)
  --stage NAME              the stage on AWS (default: the local engine, if one runs; snapshots also reads dev)
`

const EFFECTS = { freshId: randomUUID } as const

await runCommand({
  help: HELP,
  words: true,
  options: {
    days: { type: 'string' },
    'lose-expired': { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    format: { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values, positionals }) {
    const [word = '', ...rest] = positionals
    const verb = oneOf(['snapshots', 'rollback', 'expire'], 'lake', word)
    const format = answerFormatOf(values.format)
    const days = daysOf(verb, values.days)
    if (verb === 'rollback') return rollback(rest, values)
    if (rest.length > 0) throw new UsageError(`${verb} takes no words behind it; got "${rest.join(' ')}".`)
    if (verb === 'expire') return expireNow(days, values.stage)
    const lake = await openLake(targetOf(process.env, values.stage))
    const { metadata } = await tableOf(lake)
    process.stdout.write(`${snapshotsText(await showSnapshots(metadata, lake.store), format)}\n`)
    return 0
  },
})

interface RollbackOptions {
  readonly 'lose-expired': boolean
  readonly yes: boolean
  readonly stage?: string | undefined
}

async function rollback(words: readonly string[], options: RollbackOptions): Promise<number> {
  const [text, ...more] = words
  const asOf = asOfOf(text, { option: 'rollback' })
  if (!asOf || more.length > 0) throw new UsageError('rollback takes one time or one snapshot. See --help.')
  const lake = await openLakeToChange(process.env, options.stage)
  const seen = await tableOf(lake)
  const plan = await planRollback({
    metadata: seen.metadata,
    to: await snapshotAsOf(lake.bars, asOf),
    store: lake.store,
  })
  say(rollbackText(plan))
  if (plan.kind === 'nothing') return 0
  if (plan.lost > 0 && !options['lose-expired']) {
    throw new TickerlakeError('rollback-loses', 'Nothing was changed; --lose-expired rolls back all the same.')
  }
  if (!options.yes && !(await agreed('Roll back?'))) {
    say('Nothing was changed.')
    return 1
  }
  await rollBack(lake.bars, {
    ...EFFECTS,
    seen,
    to: plan.to,
    now: systemClock.now(),
    retention: retentionOf(seen.metadata),
  })
  say(`bars is what it was: snapshot ${plan.to['snapshot-id']}.`)
  return 0
}

async function expireNow(days: number | undefined, stage: string | undefined): Promise<number> {
  const lake = await openLakeToChange(process.env, stage)
  const seen = await tableOf(lake)
  const retention = days === undefined ? retentionOf(seen.metadata) : { snapshotDays: days, keepLast: 0 }
  const gone = await expire(lake.bars, { ...EFFECTS, seen, now: systemClock.now(), retention })
  say(
    `Older than ${retention.snapshotDays} days, and gone with the files that they alone had: ${gone.length} snapshots.`,
  )
  return 0
}

function daysOf(verb: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (verb !== 'expire') throw new UsageError('--days belongs to expire.')
  return numberIn({ option: '--days', min: 0, max: 365 }, text)
}

async function tableOf({ bars }: Lake): Promise<LoadedTable> {
  const loaded = await bars.load()
  if (loaded) return loaded
  throw new TickerlakeError('no-table', 'There is no table bars yet: the first compaction makes it (npm run compact).')
}
