/** What the benchmarks measured, side by side: printed, kept in a file, held against an earlier run. */
import { readFileSync } from 'node:fs'
import { UsageError } from '../../lake/errors.ts'

/** One piece of work, ours and somebody else's in the same run. Less is better for every unit. */
export interface Measure {
  readonly work: string
  readonly unit: string
  readonly ours: number
  readonly against: string
  readonly theirs: number
}

export interface BenchRun {
  readonly date: string
  readonly machine: string
  readonly node: string
  readonly commit: string
  readonly measures: readonly Measure[]
}

/** How many times ours goes into theirs: 2 is half of their time, or of their bytes. */
function ratioOf({ ours, theirs }: Measure): number {
  return theirs / ours
}

export function measuresTable(measures: readonly Measure[]): string {
  const lines = measures.map((measure) => {
    const { work, unit, ours, against, theirs } = measure
    return `| ${work} | ${unit} | ${figure(ours)} | ${against} | ${figure(theirs)} | ${ratioOf(measure).toFixed(2)}× |`
  })
  return ['| work | measured in | ours | beside | theirs | ratio |', '|---|---|--:|---|--:|--:|', ...lines].join('\n')
}

function figure(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 1000 ? 1 : 0)
}

/** Ratios of one run differ by some 15 % from those of the next on a machine that is shared. */
const LEAST_KEPT = 0.8

export interface Comparison {
  readonly table: string
  /** Work whose ratio is less than four fifths of what it was. */
  readonly slower: readonly string[]
}

/** The ratios of two runs: milliseconds of two machines say nothing, ratios do. */
export function compareRuns(before: BenchRun, measures: readonly Measure[]): Comparison {
  const pairs = measures.flatMap((now) => {
    const then = before.measures.find(({ work, unit, against }) => {
      return work === now.work && unit === now.unit && against === now.against
    })
    return then ? [{ now, was: ratioOf(then), is: ratioOf(now) }] : []
  })
  const lines = pairs.map(({ now: { work, unit, against }, was, is }) => {
    return `| ${work} | ${unit} | ${against} | ${was.toFixed(2)}× | ${is.toFixed(2)}× | ${(is / was).toFixed(2)} |`
  })
  const head = `| work | measured in | beside | ${before.date}, ${before.commit} | now | change |\n|---|---|---|--:|--:|--:|`
  const slower = pairs.filter(({ was, is }) => is < was * LEAST_KEPT).map(({ now }) => `${now.work} (${now.unit})`)
  return { table: [head, ...lines].join('\n'), slower }
}

/** A run that `--save` has written. */
export function readRun(path: string): BenchRun {
  try {
    const run = JSON.parse(readFileSync(path, 'utf8')) as BenchRun
    if (Array.isArray(run.measures)) return run
  } catch (cause) {
    throw new UsageError(`--compare takes a file that --save has written; ${path} cannot be read as one.`, { cause })
  }
  throw new UsageError(`--compare takes a file that --save has written; ${path} has no measures.`)
}
