/** Forecasts kept as numbers, symbol by symbol: of a hundred thousand of them the objects would take three times the room. */
import { MEDIAN, QUANTILE_LEVELS } from './horizons.ts'
import type { Forecast } from './scores.ts'

/** Origin, horizon, sigma, then the quantiles. */
const WIDTH = 3 + QUANTILE_LEVELS.length
/** Room for so many at first. */
const FEW = 50

interface Kept {
  /** Typed, for an array that grows by pushing leaves its old copies to the collector. */
  numbers: Float64Array
  count: number
}

export class KeptForecasts {
  readonly #bySymbol = new Map<string, Kept>()
  #count = 0

  constructor(forecasts: Iterable<Forecast>) {
    for (const forecast of forecasts) this.#add(forecast)
  }

  get count(): number {
    return this.#count
  }

  /** Those of one symbol, in the order in which they came. */
  *of(symbol: string): Generator<Forecast> {
    const { numbers, count } = this.#bySymbol.get(symbol) ?? { numbers: new Float64Array(), count: 0 }
    for (let at = 0; at < count * WIDTH; at += WIDTH) {
      const [originDay = 0, horizon = 0, sigma = 0, ...quantiles] = numbers.subarray(at, at + WIDTH)
      yield { symbol, originDay, horizon, quantiles, sigma, point: quantiles[MEDIAN] as number }
    }
  }

  #add({ symbol, originDay, horizon, sigma, quantiles }: Forecast): void {
    const kept = this.#bySymbol.get(symbol) ?? { numbers: new Float64Array(FEW * WIDTH), count: 0 }
    if (kept.count === 0) this.#bySymbol.set(symbol, kept)
    if ((kept.count + 1) * WIDTH > kept.numbers.length) kept.numbers = twiceAsLong(kept.numbers)
    kept.numbers.set([originDay, horizon, sigma, ...quantiles], kept.count * WIDTH)
    kept.count++
    this.#count++
  }
}

function twiceAsLong(numbers: Float64Array): Float64Array {
  const longer = new Float64Array(2 * numbers.length)
  longer.set(numbers)
  return longer
}
