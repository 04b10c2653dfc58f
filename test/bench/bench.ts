import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { runCommand } from '../../command/command.ts'
import { numberIn, oneOf } from '../../command/option-values.ts'
import { UsageError } from '../../lake/errors.ts'
import { type BenchRun, compareRuns, type Measure, measuresTable, readRun } from './measures.ts'

/** Loaded when they are asked for: each brings what it is measured against. */
const BENCHMARKS = {
  compaction: async (rows: number) => (await import('./compaction.bench.ts')).benchCompaction(rows),
  dashboard: async () => (await import('./dashboard.bench.ts')).benchDashboard(),
  forecast: async () => (await import('./forecast.bench.ts')).benchForecast(),
  parquet: async () => (await import('./parquet.bench.ts')).benchParquet(),
  table: async () => (await import('./table.bench.ts')).benchTable(),
} as const
type Name = keyof typeof BENCHMARKS
const NAMES = ['parquet', 'compaction', 'table', 'forecast', 'dashboard'] as const satisfies readonly Name[]

const HELP = `
Measures parts of the lake against what people use instead, in one run, as ratios.

  npm run bench              all of them, and one table of everything
  npm run bench -- NAME      one of: ${NAMES.join(', ')}

Options
  --rows N         landed rows of the month that compaction merges (default: 4095000)
  --save FILE      keep what was measured, as JSON
  --compare FILE   hold the ratios against those that --save has kept; ends with 1 where one is a fifth worse

docs/speed.md is made of test/bench/measured.json by npm run docs.
Machines differ and are noisy: compare the ratios, not the milliseconds.
`

await runCommand({
  help: HELP,
  words: true,
  options: { rows: { type: 'string' }, save: { type: 'string' }, compare: { type: 'string' } },
  async run({ values, positionals }) {
    const names: readonly Name[] = positionals.length === 0 ? NAMES : [oneOf(NAMES, 'NAME', positionals.join(' '))]
    if (values.rows !== undefined && !names.includes('compaction')) {
      throw new UsageError(`--rows belongs to the benchmark compaction; got ${names}. Leave it out.`)
    }
    const rows = numberIn({ option: '--rows', min: 1, max: 1e9 }, values.rows ?? '4095000')
    const before = values.compare === undefined ? undefined : readRun(values.compare)
    const measures: Measure[] = []
    for (const name of names) {
      measures.push(...(await BENCHMARKS[name](rows)))
      process.stdout.write('\n')
    }
    process.stdout.write(`${measuresTable(measures)}\n`)
    if (values.save !== undefined) writeFileSync(values.save, `${JSON.stringify(runOf(measures), null, 2)}\n`)
    if (!before) return 0
    const { table, slower } = compareRuns(before, measures)
    process.stdout.write(`\n${table}\n`)
    if (slower.length > 0) process.stderr.write(`A fifth worse or more: ${slower.join('; ')}.\n`)
    return slower.length > 0 ? 1 : 0
  },
})

function runOf(measures: readonly Measure[]): BenchRun {
  const [cpu] = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpu?.model ?? 'unknown'}`,
    node: process.version,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    measures,
  }
}
