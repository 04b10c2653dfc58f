/** Forecasts as a file, CSV or Parquet by its ending: a row a symbol, origin and horizon. */
import { writeResult } from '../../command/result-file.ts'
import { UsageError } from '../../lake/errors.ts'
import { columnsFile, type FileColumn } from '../../lake/parquet/columns-file.ts'
import { QUANTILE_LEVELS } from '../../lambdas/forecast/horizons.ts'
import type { Forecast } from '../../lambdas/forecast/scores.ts'
import { isoDay } from '../../lambdas/forecast/weekdays.ts'
import { daysOf, readColumns } from './columns-file.ts'

const QUANTILE_NAMES = QUANTILE_LEVELS.map((level) => `q${level}`)

/** Writes symbol, origin_date, h, q0.025 … q0.975, sigma, point; the same forecasts give the same bytes. */
export function writeForecasts(path: string, forecasts: readonly Forecast[]): void {
  const columns: readonly FileColumn[] = [
    { name: 'symbol', type: 'text', cells: forecasts.map(({ symbol }) => symbol) },
    { name: 'origin_date', type: 'text', cells: forecasts.map(({ originDay }) => isoDay(originDay)) },
    { name: 'h', type: 'int32', cells: forecasts.map(({ horizon }) => horizon) },
    ...QUANTILE_NAMES.map(
      (name, i) => ({ name, type: 'double', cells: forecasts.map(({ quantiles }) => quantiles[i]) }) as const,
    ),
    { name: 'sigma', type: 'double', cells: forecasts.map(({ sigma }) => sigma) },
    { name: 'point', type: 'double', cells: forecasts.map(({ point }) => point) },
  ]
  if (/\.parquet$/i.test(path)) {
    writeResult(path, columnsFile(columns))
    return
  }
  const lines = forecasts.map((_, row) => columns.map(({ cells }) => cells[row]).join(','))
  writeResult(path, `${[columns.map(({ name }) => name).join(','), ...lines].join('\n')}\n`)
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
