/** The page Variety: the five V's of the lake, and what each column holds. */
import type { Shell, TableProfile, VarietyAnswer } from '../api.ts'
import { asked, say } from './address.ts'
import { ask } from './ask.ts'
import { choice } from './choice.ts'
import { fill, h, replace } from './dom.ts'
import { bytes, count, number, rate, share } from './format.ts'
import { errorNote, nothingLanded, waitingNote } from './notes.ts'
import type { Page } from './page.ts'
import { barPlot, figure, shareBars, stepsLine } from './plot.ts'
import { scroller } from './scroller.ts'

const DAYS_A_YEAR = 365
/** On AWS every file of every table comes over the network for this. */
const SLOW_LOOK_MS = 5_000

export const variety: Page = {
  title: 'Variety',
  open(place, { shell, signal }) {
    const head = h('h1', {}, 'Variety')
    const load = (): void => {
      replace(place, head, waitingNote('Reading every column of every table …'))
      ask<VarietyAnswer>('/api/variety', signal)
        .then((answer) => replace(place, head, partsOf(answer, shell)))
        .catch((error: unknown) => signal.aborted || replace(place, head, errorNote(error)))
    }
    if (shell.lookMs < SLOW_LOOK_MS) load()
    else
      replace(
        place,
        head,
        h('p', {}, 'A profile reads every file of every table from S3.'),
        h('button', { type: 'button', class: 'main', onclick: load }, 'Read them'),
      )
  },
}

function partsOf(answer: VarietyAnswer, shell: Shell): readonly HTMLElement[] {
  const landing = answer.tables[0]
  if (!landing || landing.rows === 0) return [nothingLanded(shell)]
  return [
    h(
      'dl',
      { class: 'figures' },
      figuresOf(answer, landing).map(([name, value, unit]) =>
        h('div', {}, h('dt', {}, name), h('dd', {}, value, h('small', { class: 'dim' }, unit))),
      ),
    ),
    profiles(answer.tables),
    h('div', { class: 'columns' }, volume(answer), velocity(answer), ...sharesOf(answer), ...veracity(answer)),
  ]
}

function figuresOf(
  { tables, days, minutes, shares, rejected }: VarietyAnswer,
  landing: TableProfile,
): readonly (readonly [string, string, string])[] {
  const all = tables.reduce((sum, one) => sum + one.bytes, 0)
  const perDay = landing.bytes / Math.max(days.length, 1)
  const busiest = Math.max(...minutes.map(({ rows }) => rows), 0)
  const columns = tables.reduce((sum, one) => sum + one.columns.length, 0)
  const bad = rejected.reduce((sum, one) => sum + one.rows, 0)
  const barColumns = tables.find(({ name }) => name === 'bars')?.columns ?? []
  const symbols = barColumns.find(({ name }) => name === 'symbol')?.distinct ?? shares.symbol.length
  const scores = tables.find(({ name }) => name === 'forecast_scores')?.rows ?? 0
  return [
    ['Volume', bytes(all), `at this pace ${bytes(perDay * DAYS_A_YEAR)} a year`],
    ['Velocity', rate(busiest / 60), 'records / s in the busiest minute'],
    ['Variety', count(columns), `columns, ${count(symbols)} ${symbols === 1 ? 'symbol' : 'symbols'}`],
    ['Veracity', share(1 - bad / Math.max(landing.rows, 1)), 'of records are valid'],
    ['Value', count(scores), 'forecasts scored'],
  ]
}

function profiles(tables: readonly TableProfile[]): HTMLElement {
  const wanted = asked('table', 'bars')
  const body = h('div')
  const show = (name: string): void => {
    const table = tables.find((one) => one.name === name) ?? tables[0]
    if (table)
      replace(
        body,
        h(
          'p',
          { class: 'dim' },
          `${table.doc} ${count(table.rows)} rows in ${count(table.files)} files, ${bytes(table.bytes)}.`,
        ),
        profileTable(table),
      )
  }
  const options = tables.map(({ name }) => ({ value: name, text: name }))
  const which = choice({
    label: 'Table',
    options,
    chosen: wanted,
    choose: (table) => {
      say({ table })
      show(table)
    },
  })
  show(wanted)
  return h('section', {}, h('div', { class: 'bar' }, h('h2', {}, 'Columns'), which), body)
}

function profileTable({ name, rows, columns }: TableProfile): HTMLElement {
  const heads = ['Column', 'Type', 'Nulls', 'Distinct', 'Least', 'Most', 'Distribution', 'What it is']
  const isNumber = (i: number): boolean => i === 2 || i === 3
  const body = h('tbody')
  for (const column of columns) {
    const { type, nulls, distinct, least, most, steps, doc } = column
    const row = h('tr', {}, h('th', { scope: 'row' }, column.name))
    const cells = [
      type,
      nulls === 0 ? '0' : share(nulls / Math.max(rows, 1)),
      distinct === null ? '–' : count(distinct),
      shown(least, type),
      shown(most, type),
    ]
    fill(
      row,
      cells.map((cell, i) => h('td', { class: isNumber(i + 1) ? 'number' : '' }, cell)),
    )
    fill(
      row,
      h(
        'td',
        {},
        steps
          ? stepsLine(
              steps,
              `Distribution of ${column.name} in 12 equal steps from ${shown(least, type)} to ${shown(most, type)}: ${steps.join(', ')}`,
            )
          : '',
      ),
      h('td', { class: 'wrap doc' }, doc),
    )
    body.append(row)
  }
  const head = h(
    'thead',
    {},
    h(
      'tr',
      {},
      heads.map((text, i) => h('th', { scope: 'col', class: isNumber(i) ? 'number' : '' }, text)),
    ),
  )
  const label = `Columns of ${name}`
  return scroller(label, h('table', { class: 'grid', 'aria-label': label }, head, body))
}

function shown(value: string | null, type: string): string {
  if (value === null) return '–'
  if (type === 'timestamp')
    return value.endsWith('T00:00:00.000Z') ? value.slice(0, 10) : `${value.slice(0, 19).replace('T', ' ')}`
  if (type === 'double' || type === 'int' || type === 'bigint') return number(Number(value))
  return value.length > 24 ? `${value.slice(0, 23)}…` : value
}

function volume({ days }: VarietyAnswer): HTMLElement {
  return figure({
    title: 'Rows landed by day',
    says: 'By arrival date, UTC.',
    drawing: barPlot(
      'Rows landed by day',
      days.map(({ day, rows }) => ({ name: day.slice(5), value: rows })),
      count,
    ),
    columns: [
      { name: 'Day', isNumber: false },
      { name: 'Rows', isNumber: true },
      { name: 'Bytes', isNumber: true },
    ],
    rows: days.map(({ day, rows, bytes: size }) => [day, count(rows), count(size)]),
  })
}

function velocity({ minutes }: VarietyAnswer): HTMLElement {
  const named = minutes.map(({ t, rows }) => ({ name: new Date(t).toISOString().slice(11, 16), value: rows }))
  return figure({
    title: 'Rows landed by minute',
    says: 'The last 120 minutes in which something landed, UTC.',
    drawing: barPlot('Rows landed by minute', named, count),
    columns: [
      { name: 'Minute', isNumber: false },
      { name: 'Rows', isNumber: true },
    ],
    rows: minutes.map(({ t, rows }) => [new Date(t).toISOString().slice(0, 16), count(rows)]),
  })
}

function sharesOf({ shares }: VarietyAnswer): readonly HTMLElement[] {
  const titles = { symbol: 'Bars by symbol', source: 'Bars by source', interval: 'Bars by interval' } as const
  return (['symbol', 'source', 'interval'] as const).map((name) => counted(titles[name], shares[name]))
}

function veracity({ rejected, findings }: VarietyAnswer): readonly HTMLElement[] {
  return [counted('Rejected by reason', rejected), counted('Findings', findings)]
}

function counted(title: string, of: readonly { readonly name: string; readonly rows: number }[]): HTMLElement {
  if (of.length === 0) return h('section', {}, h('h2', {}, title), h('p', { class: 'dim' }, 'None.'))
  return figure({
    title,
    says: of.length === 12 ? 'The twelve with the most.' : '',
    drawing: shareBars(
      title,
      of.map(({ name, rows }) => ({ name, value: rows })),
      count,
    ),
    columns: [
      { name: 'Name', isNumber: false },
      { name: 'Rows', isNumber: true },
    ],
    rows: of.map(({ name, rows }) => [name, count(rows)]),
  })
}
