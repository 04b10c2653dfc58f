/** Tells whoever listens what the stream does, as server-sent events. Nobody who is slow makes anybody wait, or costs more than a message. */
import type { Look } from './stream-watch.ts'
import type { Turns } from './turns.ts'

/** Four times a second keeps the page's thread at five percent, and a person's eye content. */
const TICK_MS = 250
/** The longest that a look's own duration may stretch the pause after it. */
const PATIENCE = 2
/** A page that opens asks for the stream a moment before it asks for what it shows: that is let through first. */
const ARRIVAL_MS = 30
/** The longest that a look waits for answers that are being made: a page that reads every file may take long. */
const MOST_WAIT_MS = 10_000

export interface FeedProps {
  readonly look: () => Promise<Look>
  readonly lookMs: number
  /** Answers that somebody waits for. @default none */
  readonly turns?: Pick<Turns, 'free'>
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly now: () => number
  readonly onDefect: (error: unknown) => void
}

/** What a listener has not been told yet: the newest look, and every series that changed since. */
interface Pending {
  stream: Look['stream'] | undefined
  readonly changed: Set<string>
  wake: () => void
}

export class LiveFeed {
  readonly #props: FeedProps
  readonly #listeners = new Set<Pending>()
  #newest: Look['stream'] | undefined
  #looking: AbortController | undefined

  constructor(props: FeedProps) {
    this.#props = props
  }

  /** How many listen; the lake is looked at only while somebody does. */
  get listeners(): number {
    return this.#listeners.size
  }

  events(signal: AbortSignal): Response {
    const pending: Pending = { stream: this.#newest, changed: new Set(), wake: () => undefined }
    const leave = (): void => {
      this.#listeners.delete(pending)
      pending.wake()
      if (this.#listeners.size === 0) this.#looking?.abort()
    }
    signal.addEventListener('abort', leave, { once: true })
    this.#listeners.add(pending)
    if (!this.#looking || this.#looking.signal.aborted) this.#begin()
    const body = new ReadableStream<Uint8Array>(
      {
        // Asked for the next message only when the last one has gone: what comes meanwhile is folded into one.
        pull: async (controller) => {
          if (!pending.stream && pending.changed.size === 0) await new Promise<void>((wake) => (pending.wake = wake))
          if (signal.aborted) return controller.close()
          controller.enqueue(messageOf(pending))
          await this.#props.sleep(TICK_MS, signal)
        },
        cancel: leave,
      },
      { highWaterMark: 0 },
    )
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
  }

  #begin(): void {
    const looking = new AbortController()
    this.#looking = looking
    this.#lookOn(looking.signal).catch(this.#props.onDefect)
  }

  async #lookOn(signal: AbortSignal): Promise<void> {
    const { look, lookMs, sleep, now, onDefect } = this.#props
    await sleep(ARRIVAL_MS, signal)
    while (!signal.aborted) {
      await this.#turn(signal)
      const started = now()
      const found = await look().catch(onDefect)
      if (found) this.#tell(found)
      await sleep(Math.max(lookMs, PATIENCE * (now() - started)), signal)
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    const { turns, sleep } = this.#props
    if (!turns) return
    const waited = new AbortController()
    const either = AbortSignal.any([signal, waited.signal])
    sleep(MOST_WAIT_MS, either).then(() => waited.abort(), this.#props.onDefect)
    await turns.free(either)
    waited.abort()
  }

  #tell({ stream, changed }: Look): void {
    this.#newest = stream
    for (const pending of this.#listeners) {
      pending.stream = stream
      for (const name of changed) pending.changed.add(name)
      pending.wake()
    }
  }
}

function messageOf(pending: Pending): Uint8Array {
  const news = { stream: pending.stream, changed: [...pending.changed] }
  pending.stream = undefined
  pending.changed.clear()
  return new TextEncoder().encode(`event: news\ndata: ${JSON.stringify(news)}\n\n`)
}
