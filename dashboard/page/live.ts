/** The one stream of news for all tabs of this browser: a browser keeps six connections to a host, and no tab may take one for itself. */
import type { StreamNow } from '../api.ts'

export interface News {
  readonly stream?: StreamNow
  /** Series that have new bars, `AAPL 1d`. */
  readonly changed?: readonly string[]
  /** The dashboard has ended, or cannot be reached; the browser goes on trying. */
  readonly isGone?: true
}

export interface Live {
  /** Tells every piece of news until the signal. The newest look comes at once. */
  listen(tell: (news: News) => void, signal: AbortSignal): void
}

const LOCK = 'tickerlake-live'

/** One tab holds the stream and hands on; when it goes or is hidden, the next one takes over. */
export function openLive(): Live {
  const listeners = new Set<(news: News) => void>()
  const channel = new BroadcastChannel(LOCK)
  let newest: StreamNow | undefined
  const told = (news: News): void => {
    if (news.stream) newest = news.stream
    if (news.isGone) newest = undefined
    for (const listener of listeners) listener(news)
  }
  channel.addEventListener('message', ({ data }) => told(data as News))
  hold((news) => {
    told(news)
    channel.postMessage(news)
  })
  return {
    listen(tell, signal) {
      listeners.add(tell)
      signal.addEventListener('abort', () => listeners.delete(tell), { once: true })
      if (newest) tell({ stream: newest })
    },
  }
}

/** Asks for the lock while the tab is seen, and holds the stream while it has it. */
function hold(tell: (news: News) => void): void {
  let leave = new AbortController()
  const join = (): void => {
    leave = new AbortController()
    const { signal } = leave
    navigator.locks
      .request(LOCK, { signal }, () => streamUntil(signal, tell))
      .catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave.abort()
    else if (leave.signal.aborted) join()
  })
  if (document.visibilityState !== 'hidden') join()
}

function streamUntil(signal: AbortSignal, tell: (news: News) => void): Promise<void> {
  const source = new EventSource('/api/live')
  source.addEventListener('news', ({ data }) => tell(JSON.parse(String(data)) as News))
  source.addEventListener('error', () => tell({ isGone: true }))
  return new Promise((ended) => {
    signal.addEventListener('abort', () => {
      source.close()
      ended()
    })
  })
}
