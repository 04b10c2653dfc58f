/** Names and what they are, a line each; what a fact is may change. */
import { h } from './dom.ts'
import { KeptList, type Shown, setText } from './kept-list.ts'

export type Fact = readonly [name: string, value: string]

export class FactsTable {
  readonly #body = h('tbody')
  readonly #facts = new KeptList<Fact>(this.#body, factRow)
  readonly element: HTMLElement

  constructor(label: string) {
    this.element = h('table', { class: 'grid facts', 'aria-label': label }, this.#body)
  }

  show(facts: readonly Fact[]): void {
    this.#facts.show(facts)
  }
}

function factRow(): Shown<Fact> {
  const [name, value] = [h('th', { scope: 'row' }), h('td', { class: 'wrap' })]
  return {
    element: h('tr', {}, name, value),
    show(fact) {
      setText(name, fact[0])
      setText(value, fact[1])
    },
  }
}
