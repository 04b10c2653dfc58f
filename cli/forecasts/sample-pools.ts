/** The bars that the prior of young lakes is learnt from: the sample's, up to a day. */
import { DAY_MS } from '../../lake/instant.ts'
import { type BarColumns, type Panel, panelOf } from '../../lambdas/forecast/panel.ts'
import { barsUpTo, readBarsFiles } from './bars-file.ts'

/** 2010-12-31: the last 500 bars of the sample, which docs/forecasts.md scores, begin after it. */
const LAST_DAY = Date.parse('2010-12-31') / DAY_MS

/** Each symbol as a pool of its own, and all as one. */
export async function samplePools(
  paths: readonly string[],
): Promise<{ readonly alone: readonly Panel[]; readonly together: Panel }> {
  const files = await Promise.all(paths.map(async (path) => barsUpTo(await readBarsFiles([path]), LAST_DAY)))
  const full = files.filter(({ day }) => day.length > 0)
  return { alone: full.map(panelOf), together: panelOf(joined(full)) }
}

function joined(files: readonly BarColumns[]): BarColumns {
  const column = (name: Exclude<keyof BarColumns, 'symbol' | 'day'>) =>
    Float64Array.from(files.flatMap((bars) => Array.from(bars[name])))
  return {
    symbol: files.flatMap(({ symbol }) => symbol),
    day: Int32Array.from(files.flatMap(({ day }) => Array.from(day))),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    adjClose: column('adjClose'),
    volume: column('volume'),
  }
}
