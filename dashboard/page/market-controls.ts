/** What can be pressed on the page Market; what is chosen stands in the address. */
import { asked, say } from './address.ts'
import { RANGES, type Range } from './chart-range.ts'
import { choice, stepChoice, toggle } from './choice.ts'
import { h, replace } from './dom.ts'
import { isoDay } from './format.ts'
import { onKeys } from './keys.ts'

export function rangeAsked(): Range {
  const range = asked('range', '1y')
  return Object.hasOwn(RANGES, range) ? (range as Range) : '1y'
}

export interface ControlEvents {
  /** Something was chosen that asks for other bars; the address says it already. */
  readonly changed: () => void
  readonly rangeChanged: () => void
  readonly originChanged: () => void
  readonly tableToggled: () => void
  readonly search: () => void
  readonly compare: () => void
}

export interface Controls {
  readonly bars: readonly HTMLElement[]
  readonly name: HTMLElement
  readonly last: HTMLElement
  /** The buttons that take a compared symbol out. */
  readonly compared: HTMLElement
  /** What a bar may be; only days are put together to weeks and months. */
  readonly steps: HTMLElement
  isTableShown(): boolean
  offerOrigins(origins: readonly number[], chosen: number | undefined): void
}

export function marketControls(on: ControlEvents, signal: AbortSignal): Controls {
  const name = h('button', { type: 'button', class: 'plain', title: 'Search a symbol ( / )', onclick: on.search })
  const last = h('span', { class: 'last' })
  const compared = h('span', { class: 'bar' })
  const compare = h('button', { type: 'button', class: 'quiet', onclick: on.compare }, 'Compare …')
  const set = (parts: Readonly<Record<string, string>>): void => {
    say(parts)
    on.changed()
  }
  const range = rangeChoice(on)
  const steps = stepChoiceOf(set)
  const basis = basisChoice((value) => set({ basis: value }))
  const log = toggle('Log', asked('scale') === 'log', (isLog) => set({ scale: isLog ? 'log' : '' }))
  const table = toggle('Table', asked('view') === 'table', (isShown) => {
    say({ view: isShown ? 'table' : '' })
    on.tableToggled()
  })
  const asOf = h('select', { 'aria-label': 'Forecast as of' })
  replace(asOf, h('option', {}, 'Looking …'))
  asOf.disabled = true
  asOf.addEventListener('change', () => {
    say({ asof: asOf.value })
    on.originChanged()
  })
  listen({ range, basis, log, table, search: on.search }, signal)
  return {
    bars: [
      h(
        'div',
        { class: 'bar' },
        h('h1', { class: 'unseen' }, 'Market'),
        name,
        last,
        h('span', { class: 'spread bar' }, compared, compare),
      ),
      h('div', { class: 'bar' }, range, steps, basis, log, h('label', { class: 'field' }, 'Forecast', asOf), table),
    ],
    name,
    last,
    compared,
    steps,
    isTableShown: () => table.getAttribute('aria-pressed') === 'true',
    offerOrigins: (origins, chosen) => offer(asOf, origins, chosen),
  }
}

function rangeChoice(on: ControlEvents): HTMLElement {
  return choice<Range>({
    label: 'Range',
    options: (Object.keys(RANGES) as Range[]).map((value) => ({
      value,
      text: value === 'max' ? 'Max' : value.toUpperCase(),
    })),
    chosen: rangeAsked(),
    choose: (range) => {
      say({ range })
      on.rangeChanged()
    },
  })
}

function stepChoiceOf(set: (parts: Readonly<Record<string, string>>) => void): HTMLElement {
  return choice({
    label: 'One bar is',
    options: [
      { value: '1d', text: 'Day' },
      { value: '1wk', text: 'Week' },
      { value: '1mo', text: 'Month' },
    ],
    chosen: asked('step', '1d'),
    choose: (step) => set({ step }),
  })
}

function basisChoice(choose: (basis: string) => void): HTMLElement {
  return choice({
    label: 'Basis',
    options: [
      { value: 'adjusted', text: 'Adjusted', title: 'For splits and dividends' },
      { value: 'traded', text: 'As traded' },
    ],
    chosen: asked('basis', 'adjusted'),
    choose,
  })
}

interface Pressed {
  readonly range: HTMLElement
  readonly basis: HTMLElement
  readonly log: HTMLElement
  readonly table: HTMLElement
  readonly search: () => void
}

function listen({ range, basis, log, table, search }: Pressed, signal: AbortSignal): void {
  onKeys(
    {
      '/': search,
      '[': () => stepChoice(range, -1),
      ']': () => stepChoice(range, 1),
      a: () => stepChoice(basis, asked('basis', 'adjusted') === 'adjusted' ? 1 : -1),
      l: () => log.click(),
      t: () => table.click(),
    },
    signal,
  )
}

function offer(select: HTMLSelectElement, origins: readonly number[], chosen: number | undefined): void {
  const options = origins.map((t, i) =>
    h('option', { value: i === 0 ? '' : isoDay(t), selected: t === chosen }, isoDay(t)),
  )
  replace(select, options.length > 0 ? options : h('option', {}, 'none'))
  select.disabled = options.length === 0
}
