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
  month: async (rows: number) => (await import('./month.bench.ts')).benchMonth(rows),
  parquet: async () => (await import('./parquet.bench.ts')).benchParquet(),
  year: async () => (await import('./year.bench.ts')).benchYear(),
  soak: async (rows: number) => (await import('./soak.bench.ts')).benchSoak(rows),
  spark: async (rows: number) => (await import('./spark.bench.ts')).benchSpark(rows),
  table: async () => (await import('./table.bench.ts')).benchTable(),
} as const
type Name = keyof typeof BENCHMARKS
/** Run when no name is given: those that end within minutes. */
const NAMES = ['parquet', 'compaction', 'table', 'forecast', 'dashboard'] as const satisfies readonly Name[]

/** Of the benchmarks that can be made of more or fewer. */
const ROWS: Readonly<Partial<Record<Name, number>>> = {
  compaction: 4_095_000,
  month: 100_000_000,
  soak: 14_400_000,
  spark: 500_000,
}

const HELP = `
Measures parts of the lake against what people use instead, in one run, as ratios.

  npm run bench              all of them, and one table of everything
  npm run bench -- NAME …    some of: ${NAMES.join(', ')}
  npm run bench -- spark     the stream against Spark; among all of them, where SPARK_PYTHON is set
  npm run bench -- soak      12,000 records a second, 3 MB, for as many as --rows: twenty minutes
  npm run bench -- month     a month of 10^8 rows on disk: 5 GB below .local, and half an hour
  npm run bench -- year      plans over a year of landing, six million files

Options
  --rows N         rows of the month that compaction merges (default: 4095000; of month: 100000000;
                   of spark: 500000; of soak: 14400000)
  --save FILE      keep what was measured, as JSON
  --compare FILE   hold the ratios against those that --save has kept; ends with 1 where one is a fifth worse

spark takes SPARK_PYTHON, a Python that has pyspark 4.0.1: python3 -m venv VENV && VENV/bin/pip install pyspark==4.0.1
docs/speed.md is made of test/bench/measured.json by npm run docs.
Machines differ and are noisy: compare the ratios, not the milliseconds.
`

function namesOf(words: readonly string[]): readonly Name[] {
  if (words.length > 0) return words.map((word) => oneOf([...NAMES, 'spark', 'soak', 'month', 'year'], 'NAME', word))
  return process.env['SPARK_PYTHON'] ? [...NAMES, 'spark'] : NAMES
}

await runCommand({
  help: HELP,
  words: true,
  options: { rows: { type: 'string' }, save: { type: 'string' }, compare: { type: 'string' } },
  async run({ values, positionals }) {
    const names = namesOf(positionals)
    if (values.rows !== undefined && !names.some((name) => name in ROWS)) {
      throw new UsageError(
        `--rows belongs to the benchmarks ${Object.keys(ROWS).join(' and ')}; got ${names}. Leave it out.`,
      )
    }
    const rowsOf = (name: Name) =>
      numberIn({ option: '--rows', min: 1, max: 1e9 }, values.rows ?? String(ROWS[name] ?? 1))
    const before = values.compare === undefined ? undefined : readRun(values.compare)
    const measures: Measure[] = []
    for (const name of names) {
      measures.push(...(await BENCHMARKS[name](rowsOf(name))))
      process.stdout.write('\n')
    }
    if (measures.length > 0) process.stdout.write(`${measuresTable(measures)}\n`)
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
