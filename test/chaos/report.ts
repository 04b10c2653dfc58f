/** What a run did and what it found, for people. */
import { FAULT_SHARES } from './fault-proxy.ts'
import type { ChaosOutcome } from './run.ts'

const NAMES: Readonly<Record<keyof typeof FAULT_SHARES, string>> = {
  overloaded: 'S3 answered 503',
  conflict: 'S3 answered 409',
  slow: 'S3 was slow',
  'cut-off': 'connection cut before the request was done',
  'answer-lost': 'request done, its answer lost',
  'kill-before': 'consumer killed before the step',
  'kill-after': 'consumer killed after the step',
  'zombie-before': 'consumer paused past its timeout, the step done late',
  'zombie-after': 'consumer paused past its timeout after the step',
}

export function isExactlyOnce({ count }: Pick<ChaosOutcome, 'count'>): boolean {
  const { records, once, kept, lost, duplicates, invented, wrong } = count
  return lost + duplicates + invented + wrong === 0 && records > 0 && once + kept === records
}

export function killsOf({ pool }: Pick<ChaosOutcome, 'pool'>): number {
  return troubled(pool.troubles, 'kill-before') + troubled(pool.troubles, 'kill-after')
}

export function zombiesOf({ pool }: ChaosOutcome): number {
  return troubled(pool.troubles, 'zombie-before') + troubled(pool.troubles, 'zombie-after')
}

export function reportText(outcome: ChaosOutcome): string {
  const { options, seconds, count, mapping, pool, mending, brokerRestarts } = outcome
  const troubles = Object.keys(FAULT_SHARES) as (keyof typeof FAULT_SHARES)[]
  return [
    `Chaos, seed ${options.seed}: ${options.minutes} min of load, ${seconds} s in all, ${options.consumers} consumers, ${options.partitions} partitions`,
    '',
    'Done to them',
    line(killsOf(outcome), 'consumers killed between two steps'),
    line(zombiesOf(outcome), `zombies made; ${pool.zombiesFinished} walked to the end of their old invocation`),
    line(brokerRestarts, 'times the broker was killed and started again'),
    line(mapping.pollers - 2, 'times the mapping began again'),
    line(1, 'change of the cluster, the lake kept'),
    line(mending.givenUp, `batches given up; redrives landed ${mending.redriven} records of them into their gaps`),
    line(mending.strangers, 'batches of the cluster before, refused by the last redrive'),
    line(
      mending.resets,
      `ledgers made again from the files; ${mending.resetsRefused} more were refused, a consumer went on`,
    ),
    line(pool.invocations, `invocations, of which ${mapping.failures} were not answered with success`),
    ...troubles.map((trouble) =>
      line(troubled(pool.troubles, trouble), `${NAMES[trouble]}${steps(pool.troubles[trouble])}`),
    ),
    '',
    'Found by the independent count',
    line(count.records, 'records in the topic'),
    line(
      count.once,
      `in exactly one row, as they were sent: ${count.bars} bars, ${count.rejected} rejected with their bytes`,
    ),
    line(count.lost, 'lost'),
    line(count.duplicates, 'duplicates'),
    line(count.invented, 'rows without a record'),
    line(count.wrong, 'rows that are not as they were sent'),
    line(count.files, 'files in the landing folder, voids included'),
    ...count.findings.map((finding) => `  ${finding}`),
    '',
    isExactlyOnce(outcome) ? 'EXACTLY ONCE: every record is there once, as it was sent.' : 'NOT EXACTLY ONCE.',
  ].join('\n')
}

type Troubles = ChaosOutcome['pool']['troubles']

function troubled(troubles: Troubles, name: string): number {
  return Object.values(troubles[name] ?? {}).reduce((sum, count) => sum + count, 0)
}

function steps(counts: Troubles[string] | undefined): string {
  const named = Object.entries(counts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return named.length === 0 ? '' : ` (${named.map(([step, count]) => `${step} ${count}`).join(', ')})`
}

function line(count: number, what: string): string {
  return `${String(count).padStart(9)}  ${what}`
}
