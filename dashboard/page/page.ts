/** What a page of the dashboard is. */
import type { Shell } from '../api.ts'
import type { Live } from './live.ts'

export interface PageContext {
  readonly shell: Shell
  readonly live: Live
  /** Ends when the page is left. */
  readonly signal: AbortSignal
}

export interface Page {
  readonly title: string
  /** Draws itself into its place; what it starts ends with the context's signal. */
  open(place: HTMLElement, context: PageContext): void
  /** Keys of its own, beside those of every page. */
  readonly keys?: Readonly<Record<string, string>>
}
