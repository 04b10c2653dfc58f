import { runCommand } from '../../command/command.ts'
import { numberIn, oneOf } from '../../command/option-values.ts'
import { UsageError } from '../../lake/errors.ts'

/** Loaded when they are asked for: each brings what it is measured against. */
const BENCHMARKS = {
  compaction: async (rows: number) => (await import('./compaction.bench.ts')).benchCompaction(rows),
  forecast: async () => (await import('./forecast.bench.ts')).benchForecast(),
  parquet: async () => (await import('./parquet.bench.ts')).benchParquet(),
} as const
const NAMES = ['compaction', 'forecast', 'parquet'] as const satisfies readonly (keyof typeof BENCHMARKS)[]

const HELP = `
Measures one part of the lake against what people use instead, in one run, as ratios.

  npm run bench -- NAME

NAME is one of: ${NAMES.join(', ')}

Options
  --rows N   landed rows of the month that compaction merges (default: 4095000)

Machines differ and are noisy: compare the ratios, not the milliseconds.
`

await runCommand({
  help: HELP,
  words: true,
  options: { rows: { type: 'string' } },
  async run({ values, positionals }) {
    const name = oneOf(NAMES, 'NAME', positionals.join(' '))
    if (values.rows !== undefined && name !== 'compaction') {
      throw new UsageError(`--rows belongs to the benchmark compaction; got ${name}. Leave it out.`)
    }
    await BENCHMARKS[name](numberIn({ option: '--rows', min: 1, max: 1e9 }, values.rows ?? '4095000'))
    return 0
  },
})
