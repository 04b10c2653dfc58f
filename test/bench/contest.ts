/** Times contestants in turn, round by round, so that a machine that slows down slows all of them. */

export interface Contestant {
  readonly name: string
  readonly run: () => unknown | Promise<unknown>
}

export interface Timing {
  readonly name: string
  /** CPU milliseconds of one run, all threads: minimum and median over the rounds. */
  readonly minimum: number
  readonly median: number
  /** Median over the rounds of the first contestant's time divided by this one's: how many times as fast. */
  readonly speedup: number
}

/** CPU time, not wall time: on a shared machine the clock counts other people's work. */
export async function contest(
  contestants: readonly Contestant[],
  { rounds, warmup }: { readonly rounds: number; readonly warmup: number },
): Promise<readonly Timing[]> {
  const times: number[][] = contestants.map(() => [])
  for (let round = -warmup; round < rounds; round++) {
    for (const [i, { run }] of contestants.entries()) {
      const spent = await cpuMs(run)
      if (round >= 0) times[i]?.push(spent)
    }
  }
  const [baseline = []] = times
  return contestants.map(({ name }, i) => {
    const mine = times[i] ?? []
    const ratios = mine.map((ms, round) => (baseline[round] ?? Number.NaN) / ms)
    return { name, minimum: Math.min(...mine), median: medianOf(mine), speedup: medianOf(ratios) }
  })
}

async function cpuMs(run: Contestant['run']): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** The timings as a Markdown table, so that it can stand in a page as it is printed. */
export function timingTable(timings: readonly Timing[], extra: Readonly<Record<string, string>> = {}): string {
  const rows = timings.map(
    ({ name, minimum, median, speedup }) =>
      `| ${name} | ${median.toFixed(1)} | ${minimum.toFixed(1)} | ${speedup.toFixed(1)}× | ${extra[name] ?? ''} |`,
  )
  return ['| what | CPU ms, median | minimum | speed | |', '|---|--:|--:|--:|---|', ...rows].join('\n')
}
