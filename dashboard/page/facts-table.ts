import { h } from './dom.ts'

/** Names and what they are, a line each. */
export function factsTable(label: string, facts: readonly (readonly [name: string, value: string])[]): HTMLElement {
  return h(
    'table',
    { class: 'grid facts', 'aria-label': label },
    h(
      'tbody',
      {},
      facts.map(([name, value]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', { class: 'wrap' }, value))),
    ),
  )
}
