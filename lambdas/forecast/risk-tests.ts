/**
 * Whether value at risk and expected shortfall held: Kupiec's count of breaches (1995), Christoffersen's test that they
 * do not come in a row (1998), Acerbi & Székely's second statistic of the shortfall (2014), and the loss that both are
 * scored with together (Fissler & Ziegel 2016, in the half-homogeneous form of Nolde & Ziegel 2017).
 */

/** χ² with one degree of freedom is above it one time in twenty. */
const CRITICAL = 3.841

export interface RiskForecast {
  /** The loss that came, positive where money was lost. */
  readonly loss: number
  readonly valueAtRisk: number
  readonly expectedShortfall: number
}

function isBreach({ loss, valueAtRisk }: RiskForecast): boolean {
  return loss > valueAtRisk
}

/** Whether the number of breaches is one that a right value at risk gives 19 times in 20. */
export function kupiecHolds(forecasts: readonly RiskForecast[], level: number): boolean {
  const breaches = forecasts.filter(isBreach).length
  const expected = bernoulliLog(1 - level, breaches, forecasts.length)
  const seen = bernoulliLog(breaches / forecasts.length, breaches, forecasts.length)
  return -2 * (expected - seen) <= CRITICAL
}

/** Log likelihood of so many hits among n; 0 log 0 is 0. */
function bernoulliLog(p: number, hits: number, n: number): number {
  return (hits === 0 ? 0 : hits * Math.log(p)) + (hits === n ? 0 : (n - hits) * Math.log(1 - p))
}

/** Whether a breach is as likely after a breach as after none; the forecasts in order of time, none overlapping another. */
export function christoffersenHolds(forecasts: readonly RiskForecast[]): boolean {
  const breaches = forecasts.map(isBreach)
  const count = (before: boolean, now: boolean) =>
    breaches.filter((breach, i) => i > 0 && breaches[i - 1] === before && breach === now).length
  const [quiet, first, gone, row] = [count(false, false), count(false, true), count(true, false), count(true, true)]
  const together = bernoulliLog((first + row) / (quiet + first + gone + row), first + row, quiet + first + gone + row)
  const apart =
    bernoulliLog(first / Math.max(1, quiet + first), first, quiet + first) +
    bernoulliLog(row / Math.max(1, gone + row), row, gone + row)
  return -2 * (together - apart) <= CRITICAL
}

/** Z₂: the losses beyond the value at risk over what the shortfall had promised, less 1; above 0 it promised too little. */
export function acerbiSzekely(forecasts: readonly RiskForecast[], level: number): number {
  const sum = forecasts.reduce((all, one) => all + (isBreach(one) ? one.loss / one.expectedShortfall : 0), 0)
  return sum / (forecasts.length * (1 - level)) - 1
}

/** What a value at risk and its expected shortfall cost together; both above 0. */
export function fisslerZiegel({ loss, valueAtRisk, expectedShortfall }: RiskForecast, level: number): number {
  const beyond = Math.max(0, loss - valueAtRisk)
  return (beyond + (1 - level) * (valueAtRisk + expectedShortfall)) / (2 * Math.sqrt(expectedShortfall))
}
