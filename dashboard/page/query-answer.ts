/** An answer as a table, as a chart where it has numbers, and as CSV of just what is shown. */
import type { GridAnswer } from '../api.ts'
import { dataTable } from './data-table.ts'
import { h, replace } from './dom.ts'
import { bytes, count, duration, number } from './format.ts'
import { barPlot, linePlot } from './plot.ts'

const NUMBERS = /^(bigint|integer|int|smallint|tinyint|double|real|float|decimal|hugeint)/
/** Athena's price in us-east-1, and the least that it bills a query for. */
const USD_A_TERABYTE = 5
const LEAST_BYTES = 10_000_000
/** More than a screen has columns. */
const MOST_POINTS = 5_000
const MOST_BARS = 40

/** `whole` asks for the same again, its long cells whole. */
export function answerPart(answer: GridAnswer, whole: () => Promise<GridAnswer>): readonly HTMLElement[] {
  const { columns, rows, stats, notes = [], cut } = answer
  const cost = (Math.max(stats.bytesScanned, LEAST_BYTES) / 1e12) * USD_A_TERABYTE
  const read = stats.isOfWholeFiles
    ? `${bytes(stats.bytesScanned)} of files; Athena reads only the columns, for ${cost.toFixed(5)} USD at most`
    : `${bytes(stats.bytesScanned)} scanned, ${cost.toFixed(5)} USD on Athena`
  const said = `${rows.length === 1 ? '1 row' : `${count(rows.length)} rows`} in ${duration(stats.milliseconds)}, ${read}.`
  const told = h('span', { class: 'dim', role: 'status' }, [said, ...notes, ...cutNote(cut)].join(' '))
  const csv = h('button', { type: 'button', class: 'quiet' }, 'Download CSV')
  csv.addEventListener('click', async () => {
    csv.disabled = true
    try {
      download(csvOf(cut === 0 ? answer : await whole()))
    } catch (error) {
      replace(told, error instanceof Error ? error.message : String(error))
    } finally {
      csv.disabled = false
    }
  })
  const table = dataTable({
    label: 'Answer',
    columns: columns.map(({ name, type }) => ({ name, isNumber: NUMBERS.test(type), isRaw: true })),
    rows,
    lines: 18,
  })
  return [h('div', { class: 'bar' }, told, csv), table, chartOf(answer)].filter((part) => part !== undefined)
}

function cutNote(cut: number): readonly string[] {
  if (cut === 0) return []
  return [
    `${cut === 1 ? 'One long cell shows its' : `${count(cut)} long cells show their`} beginning; the CSV has all.`,
  ]
}

/** Across, the first column that is no number and names each row, or else holds something; up, the number that is chosen. */
function chartOf({ columns, rows }: GridAnswer): HTMLElement | undefined {
  const held = columns.flatMap(({ type }, i) => (!NUMBERS.test(type) && rows.some((row) => row[i] != null) ? [i] : []))
  const across = held.find((i) => new Set(rows.map((row) => row[i])).size === rows.length) ?? held[0]
  if (across === undefined) return undefined
  const isDrawn = (i: number): boolean => rows.filter((row) => row[across] != null && isNumber(row[i])).length >= 2
  const up = columns.flatMap(({ type }, i) => (NUMBERS.test(type) && isDrawn(i) ? [i] : []))
  const [first] = up
  if (first === undefined) return undefined
  const place = h('div')
  const select = h(
    'select',
    {},
    up.map((i) => h('option', { value: i }, columns[i]?.name ?? '')),
  )
  const draw = (): void => replace(place, drawing({ columns, rows }, across, Number(select.value)))
  select.addEventListener('change', draw)
  draw()
  return h(
    'section',
    {},
    h('div', { class: 'bar' }, h('h2', {}, 'As a chart'), h('label', { class: 'field' }, 'Value', select)),
    place,
  )
}

/** What a line can go to: a double may be NaN or infinite. */
function isNumber(cell: string | null | undefined): boolean {
  return cell != null && Number.isFinite(Number(cell))
}

function drawing({ columns, rows }: Pick<GridAnswer, 'columns' | 'rows'>, across: number, up: number): SVGElement {
  const label = `${columns[up]?.name} by ${columns[across]?.name}`
  const isTime = /^(timestamp|date)/.test(columns[across]?.type ?? '')
  const points = rows.flatMap((row): (readonly [string, number])[] =>
    row[across] != null && isNumber(row[up]) ? [[row[across], Number(row[up])]] : [],
  )
  if (!isTime)
    return barPlot(
      label,
      points.slice(0, MOST_BARS).map(([name, value]) => ({ name: name.slice(0, 10), value })),
      number,
    )
  const every = Math.ceil(points.length / MOST_POINTS)
  const timed = points
    .filter((_, i) => i % every === 0)
    .map(([text, value]) => [Date.parse(`${text.replace(' ', 'T').slice(0, 23)}Z`) || Date.parse(text), value] as const)
  const [times, values] = [timed.map(([t]) => t), timed.map(([, value]) => value)]
  const least = (of: readonly number[]): number => of.reduce((so, one) => Math.min(so, one), Number.POSITIVE_INFINITY)
  const most = (of: readonly number[]): number => of.reduce((so, one) => Math.max(so, one), Number.NEGATIVE_INFINITY)
  const [from, to] = [least(times), most(times)]
  const x = {
    min: from,
    max: to,
    format: (t: number) => new Date(t).toISOString().slice(0, 10),
    ticks: [0.08, 0.5, 0.92].map((part) => from + part * (to - from)),
  }
  return linePlot(
    label,
    { x, y: { min: least(values), max: most(values), format: number } },
    { lines: [{ name: '', points: timed.toSorted((a, b) => a[0] - b[0]) }] },
  )
}

/** RFC 4180; a text that a spreadsheet would take for a formula is made a text. */
function csvOf({ columns, rows }: GridAnswer): string {
  const cell = (text: string | null, i: number): string => {
    if (text === null) return ''
    const safe = !NUMBERS.test(columns[i]?.type ?? '') && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return [columns.map(({ name }) => name), ...rows].map((row) => row.map(cell).join(',')).join('\r\n')
}

function download(csv: string): void {
  const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }))
  h('a', { href: address, download: 'answer.csv' }).click()
  URL.revokeObjectURL(address)
}
