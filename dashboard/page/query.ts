/** The page Query: saved queries, SQL, and answers as a table, a chart, or CSV. */
import type { GridAnswer, QueriesAnswer, QueryRequest, RelationEntry, SavedQueryEntry, SqlAnswer } from '../api.ts'
import { asked, say } from './address.ts'
import { ask, post } from './ask.ts'
import { completing } from './completion.ts'
import { h, replace } from './dom.ts'
import { errorNote, waitingNote } from './notes.ts'
import type { Page } from './page.ts'
import { answerPart } from './query-answer.ts'

const FIRST_SQL =
  'SELECT symbol, count(*) AS bars, min(ts_event) AS first, max(ts_event) AS last\nFROM bars\nGROUP BY symbol\nORDER BY symbol'

export const query: Page = {
  title: 'Query',
  keys: { 'Ctrl Enter': 'run, in the field', 'Ctrl Space': 'complete a name, in the field' },
  open(place, { signal }) {
    replace(place, h('h1', {}, 'Query'), waitingNote())
    ask<QueriesAnswer>('/api/queries', signal)
      .then((answer) => new QueryView(place, answer, signal))
      .catch((error: unknown) => signal.aborted || replace(place, h('h1', {}, 'Query'), errorNote(error)))
  },
}

class QueryView {
  readonly #known: QueriesAnswer
  readonly #signal: AbortSignal
  readonly #saved: HTMLSelectElement
  readonly #field: HTMLTextAreaElement
  readonly #params = h('div', { class: 'bar' })
  readonly #answer = h('div', { class: 'stack' })
  readonly #run = h('button', { type: 'button', class: 'main' }, 'Run')
  readonly #cancel = h('button', { type: 'button', class: 'quiet', disabled: true }, 'Cancel')
  #asking: AbortController | undefined

  constructor(place: HTMLElement, known: QueriesAnswer, signal: AbortSignal) {
    this.#known = known
    this.#signal = signal
    this.#field = h('textarea', { 'aria-label': 'SQL', spellcheck: 'false', autocomplete: 'off' })
    this.#run.addEventListener('click', () => this.#ask())
    this.#cancel.addEventListener('click', () => this.#asking?.abort())
    this.#field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      this.#ask()
    })
    this.#saved = this.#savedSelect()
    replace(
      place,
      h('div', { class: 'bar' }, h('h1', {}, 'Query'), h('label', { class: 'field' }, 'Saved query', this.#saved)),
      h(
        'div',
        { class: 'query' },
        h(
          'div',
          { class: 'stack' },
          this.#params,
          completing(this.#field, known.relations),
          h(
            'div',
            { class: 'bar' },
            this.#run,
            this.#cancel,
            h('span', { class: 'dim' }, 'Athena’s SQL; what would change something is refused.'),
          ),
          this.#answer,
        ),
        relationsList(known.relations, (name) => this.#insert(name)),
      ),
    )
    this.#begin()
  }

  #begin(): void {
    const name = asked('saved')
    const query = this.#known.queries.find((one) => one.name === name)
    this.#saved.value = query ? name : ''
    this.#field.value = asked('sql') || query?.sql || FIRST_SQL
    if (query && asked('sql') === '') this.#showParams(query)
  }

  #savedSelect(): HTMLSelectElement {
    const select = h(
      'select',
      {},
      h('option', { value: '' }, 'none: SQL of my own'),
      this.#known.queries.map(({ name }) => h('option', { value: name }, name)),
    )
    select.addEventListener('change', () => {
      const query = this.#known.queries.find((one) => one.name === select.value)
      const params = Object.fromEntries([...new URLSearchParams(location.search).keys()].map((key) => [key, '']))
      say({ ...params, saved: query?.name ?? '' })
      this.#field.value = query?.sql ?? this.#field.value
      this.#showParams(query)
    })
    return select
  }

  /** Fields for the parameters; with them the query is run by its name, and its text is the file's. */
  #showParams(query: SavedQueryEntry | undefined): void {
    this.#field.readOnly = query !== undefined
    if (!query) {
      replace(this.#params)
      return
    }
    const fields = query.params.map(({ name, default: value, doc }) => {
      const input = h('input', {
        type: 'text',
        name,
        value: asked(`p.${name}`, value),
        title: doc,
        'aria-label': `${name}: ${doc}`,
      })
      input.addEventListener('change', () => say({ [`p.${name}`]: input.value }))
      input.addEventListener('keydown', (event) => event.key === 'Enter' && this.#ask())
      return h('label', { class: 'field' }, name, input)
    })
    const own = h('button', { type: 'button', class: 'quiet' }, 'Edit as SQL')
    own.addEventListener('click', () => this.#editAsSql(query))
    replace(this.#params, h('span', { class: 'dim' }, query.doc), fields, own)
  }

  /** What would be run, as SQL of one's own: the server puts the parameters in, as it does where it runs the query. */
  async #editAsSql(query: SavedQueryEntry): Promise<void> {
    try {
      const { sql } = await post<SqlAnswer>('/api/sql', this.#request(), this.#signal)
      if (asked('saved') !== query.name) return
      say({ ...Object.fromEntries(query.params.map(({ name }) => [`p.${name}`, ''])), saved: '' })
      this.#saved.value = ''
      this.#field.value = sql
      this.#showParams(undefined)
      this.#field.focus()
    } catch (error) {
      if (!this.#signal.aborted) replace(this.#answer, errorNote(error))
    }
  }

  #insert(name: string): void {
    if (!this.#field.readOnly)
      this.#field.setRangeText(name, this.#field.selectionStart, this.#field.selectionEnd, 'end')
    this.#field.focus()
  }

  async #ask(): Promise<void> {
    this.#asking?.abort()
    const asking = new AbortController()
    this.#asking = asking
    this.#busy(true)
    replace(this.#answer, waitingNote('Asking …'))
    try {
      const request = this.#request()
      const answer = await post<GridAnswer>('/api/query', request, AbortSignal.any([asking.signal, this.#signal]))
      const whole = () => post<GridAnswer>('/api/query', { ...request, whole: true }, this.#signal)
      replace(this.#answer, answerPart(answer, whole))
    } catch (error) {
      const ended = h('p', { class: 'note', role: 'status' }, 'Cancelled: the query was ended where it ran.')
      if (!this.#signal.aborted) replace(this.#answer, asking.signal.aborted ? ended : errorNote(error))
    } finally {
      if (this.#asking === asking) this.#busy(false)
    }
  }

  #request(): QueryRequest {
    const name = asked('saved')
    if (!this.#field.readOnly) {
      say({ sql: this.#field.value })
      return { sql: this.#field.value }
    }
    const inputs = [...this.#params.querySelectorAll('input')]
    return { name, params: Object.fromEntries(inputs.map((input) => [input.name, input.value])) }
  }

  #busy(isBusy: boolean): void {
    this.#cancel.disabled = !isBusy
    this.#run.disabled = isBusy
  }
}

function relationsList(relations: readonly RelationEntry[], insert: (name: string) => void): HTMLElement {
  const items = relations.map(({ name, doc, columns }) =>
    h(
      'details',
      {},
      h('summary', { title: doc }, name),
      h(
        'ul',
        {},
        h('li', {}, nameButton(name, insert), h('small', {}, ' into the SQL')),
        columns.map((column) =>
          h('li', { title: column.doc }, nameButton(column.name, insert), h('small', {}, ` ${column.type}`)),
        ),
      ),
    ),
  )
  return h('aside', { 'aria-label': 'Tables and columns' }, h('h2', {}, 'Tables and columns'), items)
}

function nameButton(name: string, insert: (name: string) => void): HTMLElement {
  return h('button', { type: 'button', onclick: () => insert(name) }, name)
}
