/** Numbers and times as this reader's locale has them; times in UTC, with its name. */

export const DAY_MS = 86_400_000

const plain = new Intl.NumberFormat()
const two = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const twoToFour = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 4 })
const fourDigits = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 })
const twoDigits = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 2 })
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 3 })
const percents = new Intl.NumberFormat(undefined, {
  style: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'exceptZero',
})
const shares = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })
const days = new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' })
const times = new Intl.DateTimeFormat(undefined, {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
})

/** `12,155` */
export function count(value: number): string {
  return plain.format(value)
}

/** Cents for shares, more digits for what costs little, as currencies do. */
export function price(value: number): string {
  const size = Math.abs(value)
  if (size >= 10 || size === 0) return two.format(value)
  return size >= 1 ? twoToFour.format(value) : fourDigits.format(value)
}

/** `21.4M` */
export function short(value: number): string {
  return compact.format(value)
}

/** A rate: two digits are all that it knows. */
export function rate(value: number): string {
  return value >= 100 ? plain.format(Math.round(value)) : twoDigits.format(value)
}

/** `+1.25%` */
export function change(value: number): string {
  return percents.format(value)
}

/** `80.2%` */
export function share(value: number): string {
  return shares.format(value)
}

/** With so many digits behind the point, so that they stand below each other. */
export function decimals(value: number, digits: number): string {
  return value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** A number of any size, as few digits as tell it. */
export function number(value: number): string {
  if (Number.isInteger(value)) return plain.format(value)
  return fourDigits.format(value)
}

export function bytes(value: number): string {
  if (value < 1_000_000) return `${plain.format(Math.round(value / 100) / 10)} kB`
  if (value < 1_000_000_000) return `${twoOrThree(value / 1e6)} MB`
  return `${twoOrThree(value / 1e9)} GB`
}

function twoOrThree(value: number): string {
  return new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 }).format(value)
}

/** `Mar 1, 2013` of epoch milliseconds. */
export function day(t: number): string {
  return days.format(t)
}

/** `2013-03-01`, as addresses and options have it. */
export function isoDay(t: number): string {
  return new Date(t).toISOString().slice(0, 10)
}

/** Relative under a minute, else the time in UTC. */
export function moment(t: number, now: number): string {
  const seconds = Math.round((now - t) / 1000)
  if (seconds < 60) return seconds <= 1 ? 'now' : `${seconds} s ago`
  return `${now - t < DAY_MS ? '' : `${day(t)} `}${times.format(t)} UTC`
}

/** A daily bar by its day, a shorter one by its time too. */
export function barTime(t: number): string {
  return t % DAY_MS === 0 ? day(t) : `${day(t)} ${times.format(t).slice(0, 5)} UTC`
}

/** `850 ms`, `12 s`, `3 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1000
  if (seconds < 90) return `${twoDigits.format(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${twoDigits.format(seconds / 3600)} h`
}

const [GROUP, DECIMAL] = (['group', 'decimal'] as const).map(
  (type) => plain.formatToParts(-12_345_678.5).find((part) => part.type === type)?.value ?? '',
)

/** The number that a text of these functions begins with, whatever its unit; NaN where it is none. */
export function numberIn(text: string): number {
  const bare = GROUP ? text.replaceAll(GROUP, '') : text
  return Number.parseFloat((DECIMAL ? bare.replace(DECIMAL, '.') : bare).replace('\u2212', '-'))
}
