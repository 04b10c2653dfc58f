/** The line above a chart: the bar under the crosshair or the arrow keys, else the last one. */
import type { BarsAnswer, Finding } from '../api.ts'
import { h, replace } from './dom.ts'
import type { Fan } from './fan.ts'
import { readingOf } from './market-reading.ts'

/** A screen reader is told where the last key led, not every bar on the way. */
const SPEAK_MS = 300

/** Its parts one by one: without what stands between them on the screen they would be one word. */
function inWords(line: Element): string {
  const words = (part: Element): string => [...part.childNodes].map(({ textContent }) => textContent).join(' ')
  return [...line.children].map(words).join(', ')
}

export interface Readable {
  readonly all: readonly BarsAnswer[]
  readonly findings: readonly Finding[]
  readonly fan: Fan | undefined
  /** The first bar that is seen. */
  readonly from: number
}

export class ChartReading {
  readonly element = h('p', { class: 'reading' })
  readonly spoken = h('p', { class: 'unseen', role: 'status' })
  #readable: Readable | undefined
  #t: number | undefined

  /** Of other bars; where one looks stays. */
  show(readable: Readable): void {
    this.#readable = readable
    this.#draw()
  }

  /** At the bar of a time; at the last one without. */
  look(t: number | undefined): void {
    this.#t = t
    this.#draw()
  }

  /** The same, and says it. */
  say(t: number): void {
    this.look(t)
    setTimeout(() => {
      if (this.#t === t) this.spoken.textContent = inWords(this.element)
    }, SPEAK_MS)
  }

  clear(): void {
    this.#readable = undefined
    this.#t = undefined
    replace(this.element)
  }

  #draw(): void {
    const [main, ...others] = this.#readable?.all ?? []
    if (!this.#readable || !main) return
    const { all, findings, fan, from } = this.#readable
    const t = this.#t
    replace(
      this.element,
      others.length > 0 ? readingOf.returns(all, { t, from }) : readingOf.bar(main, { t, findings, fan }),
    )
  }
}
