/** Forecasts kept as numbers, symbol by symbol: of a hundred thousand of them the objects would take three times the room. */
import { MEDIAN, QUANTILE_LEVELS } from './horizons.ts'
import type { Forecast } from './scores.ts'

/** Origin, horizon, sigma, then the quantiles. */
const WIDTH = 3 + QUANTILE_LEVELS.length

export class KeptForecasts {
  readonly #bySymbol = new Map<string, number[]>()
  #count = 0

  constructor(forecasts: Iterable<Forecast>) {
    for (const forecast of forecasts) this.#add(forecast)
  }

  get count(): number {
    return this.#count
  }

  /** Those of one symbol, in the order in which they came. */
  *of(symbol: string): Generator<Forecast> {
    const numbers = this.#bySymbol.get(symbol) ?? []
    for (let at = 0; at < numbers.length; at += WIDTH) {
      const [originDay = 0, horizon = 0, sigma = 0, ...quantiles] = numbers.slice(at, at + WIDTH)
      yield { symbol, originDay, horizon, quantiles, sigma, point: quantiles[MEDIAN] as number }
    }
  }

  #add({ symbol, originDay, horizon, sigma, quantiles }: Forecast): void {
    const numbers = this.#bySymbol.get(symbol) ?? []
    if (numbers.length === 0) this.#bySymbol.set(symbol, numbers)
    numbers.push(originDay, horizon, sigma, ...quantiles)
    this.#count++
  }
}
