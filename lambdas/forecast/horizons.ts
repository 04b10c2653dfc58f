/** What is forecast: the log return of the adjusted close over the next h bars, as nine quantiles. */
export const HORIZONS = [1, 5, 10, 20] as const

/** The quantile levels that are published, ascending and symmetric around the median. */
export const QUANTILE_LEVELS = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975] as const

/** Index of the median in QUANTILE_LEVELS. */
export const MEDIAN = 4

/** Central intervals: their nominal coverage and the two quantiles that bound them (indexes into QUANTILE_LEVELS). */
export const INTERVALS = [
  { coverage: 0.5, lower: 3, upper: 5 },
  { coverage: 0.8, lower: 2, upper: 6 },
  { coverage: 0.9, lower: 1, upper: 7 },
  { coverage: 0.95, lower: 0, upper: 8 },
] as const

export const LONGEST_HORIZON = 20
