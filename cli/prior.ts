import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../command/command.ts'
import { priorFileOf } from '../lambdas/forecast/prior-making.ts'
import { sampleFiles } from './forecasts/bars-file.ts'
import { samplePools } from './forecasts/sample-pools.ts'

const HELP = `
Learns the prior of young lakes again, lambdas/forecast/prior.json: coefficients, quantiles and second moments toward
which a forecast from few bars is drawn. It is learnt from the sample that comes with the project, localstack/sample
(five US stocks, values declared public domain), up to the end of 2010, so that the sample's own scores, of 2011 to
2013, have not seen what they are asked.

  npm run prior
`

const OUT = join(import.meta.dirname, '../lambdas/forecast/prior.json')

await runCommand({
  help: HELP,
  options: {},
  async run() {
    const { alone, together } = await samplePools(sampleFiles())
    const text = `${JSON.stringify(priorFileOf(alone, together))}\n`
    writeFileSync(OUT, text)
    process.stdout.write(
      `${together.symbols.length} symbols, ${together.day.length} bars: ${text.length} bytes in ${OUT}\n`,
    )
    return undefined
  },
})
