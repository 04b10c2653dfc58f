/** The first run of the forecaster in a lake that is a folder, as a process of its own: `node forecast-first-run.ts FOLDER`. */
import { systemClock as clock } from '../../lake/clock.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { parquetGroups as parquet } from '../../lake/parquet/row-groups.ts'
import { forecast } from '../../lambdas/forecaster/forecaster.ts'
import { FolderObjectStore } from '../support/folder-object-store.ts'
import { silentLog as log } from '../support/silent-log.ts'

/** From the process's beginning, what Node needs to start included. */
export interface FirstRun {
  readonly cpuSeconds: number
  readonly peakMb: number
}

const [, , folder = ''] = process.argv
const store = new FolderObjectStore(folder)
const report = await forecast(
  { asOf: undefined, refit: false },
  { store, parquet, encoder: parquetEncoder(), clock, log },
)
if (report.kind !== 'forecast' || report.walkForwardScores === 0) throw new Error('the first run scored nothing')
const { user, system } = process.cpuUsage()
const run: FirstRun = { cpuSeconds: (user + system) / 1e6, peakMb: process.resourceUsage().maxRSS / 1024 }
process.stdout.write(`${JSON.stringify(run)}\n`)
