/** Forecasts as a file, CSV or Parquet by its ending: a row a symbol, origin and horizon. */
import { writeFileSync } from 'node:fs'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { UsageError } from '../../lake/errors.ts'
import { QUANTILE_LEVELS } from '../../lambdas/forecast/horizons.ts'
import type { Forecast } from '../../lambdas/forecast/scores.ts'
import { isoDay } from '../../lambdas/forecast/weekdays.ts'
import { daysOf, readColumns } from './columns-file.ts'

const QUANTILE_NAMES = QUANTILE_LEVELS.map((level) => `q${level}`)

/** Writes symbol, origin_date, h, q0.025 … q0.975, sigma, point; the same forecasts give the same bytes. */
export function writeForecasts(path: string, forecasts: readonly Forecast[]): void {
  const columns = [
    { name: 'symbol', data: forecasts.map(({ symbol }) => symbol), type: 'STRING' as const },
    { name: 'origin_date', data: forecasts.map(({ originDay }) => isoDay(originDay)), type: 'STRING' as const },
    { name: 'h', data: forecasts.map(({ horizon }) => horizon), type: 'INT32' as const },
    ...QUANTILE_NAMES.map((name, i) => ({
      name,
      data: forecasts.map(({ quantiles }) => quantiles[i] as number),
      type: 'DOUBLE' as const,
    })),
    { name: 'sigma', data: forecasts.map(({ sigma }) => sigma), type: 'DOUBLE' as const },
    { name: 'point', data: forecasts.map(({ point }) => point), type: 'DOUBLE' as const },
  ]
  if (/\.parquet$/i.test(path)) {
    writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData: columns })))
    return
  }
  const lines = forecasts.map((_, row) => columns.map(({ data }) => data[row]).join(','))
  writeFileSync(path, `${[columns.map(({ name }) => name).join(','), ...lines].join('\n')}\n`)
}

/** Reads a file of that form; a missing sigma becomes NaN. */
export async function readForecasts(path: string): Promise<Forecast[]> {
  const columns = await readColumns(path)
  const names = ['symbol', 'origin_date', 'h', ...QUANTILE_NAMES.map((name) => name.replace('.', '_'))]
  const missing = names.filter((name) => !columns.has(name))
  if (missing.length > 0)
    throw new UsageError(`${path}: a file of forecasts needs the columns ${missing.join(', ')} too.`)
  const cells = (name: string) => columns.get(name) ?? []
  const quantiles = QUANTILE_NAMES.map((name) => cells(name.replace('.', '_')))
  const [symbols, horizons, sigmas] = [cells('symbol'), cells('h'), cells('sigma')]
  const days = daysOf(cells('origin_date'))
  return symbols.map((symbol, row) => {
    const sorted = quantiles.map((column) => Number(column[row])).sort((a, b) => a - b)
    return {
      symbol: String(symbol),
      originDay: days[row] ?? Number.NaN,
      horizon: Number(horizons[row]),
      quantiles: sorted,
      sigma: Number(sigmas[row] ?? Number.NaN),
      point: sorted[4] as number,
    }
  })
}
