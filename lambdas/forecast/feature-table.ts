/**
 * The features of many rows: what is a symbol's own is kept row by row, what all symbols of a date share once a date.
 * A quarter of the features are the date's, so a fit reads and adds up that much less.
 */
import { EVENT_FEATURES } from './event-features.ts'
import { MARKET_FEATURES } from './market-features.ts'
import { OWN_FEATURES } from './own-features.ts'

/**
 * Coefficients stand in this order: the intercept, the symbol's own past, Friday, the echoes of news, the market, and the
 * symbol's level over it.
 */
const FRIDAY = 1 + OWN_FEATURES
const MARKET = FRIDAY + 1 + EVENT_FEATURES
export const FEATURE_COUNT = MARKET + MARKET_FEATURES + 1

/** The coefficient of each column that is kept once a date. */
export const DATE_COLUMNS: readonly number[] = [
  0,
  FRIDAY,
  ...Array.from({ length: MARKET_FEATURES }, (_, i) => MARKET + i),
]

/** The coefficient of each column that every row has. */
export const ROW_COLUMNS: readonly number[] = Array.from({ length: FEATURE_COUNT }, (_, i) => i).filter(
  (column) => !DATE_COLUMNS.includes(column),
)

export interface FeatureTable {
  /** Row-major, ROW_COLUMNS a row. */
  readonly ofRow: Float32Array
  /** Row-major, DATE_COLUMNS a date. */
  readonly ofDate: Float32Array
  /** The date of each row as an index. */
  readonly dateOf: Int32Array
}
