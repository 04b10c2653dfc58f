/** The deployed fetcher's own step, at home: over a folder instead of a bucket. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from '../../command/folder.ts'
import type { Clock } from '../../lake/clock.ts'
import { LAYOUT } from '../../lake/layout.ts'
import type { Log } from '../../lake/log.ts'
import {
  holds,
  type ObjectStore,
  type PutOptions,
  type PutOutcome,
  type StoredObject,
} from '../../lake/store/object-store.ts'
import type { Interval } from '../../lake/tables/bar.ts'
import { keepFetching } from '../../lambdas/fetcher/keep-fetching.ts'

export interface WatchOptions {
  readonly symbols: readonly string[]
  readonly interval: Interval
  /** Nothing before it is fetched: epoch milliseconds. */
  readonly firstDay: number
  readonly folder: string
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly say: (line: string) => void
  /** Another server that speaks as Yahoo does. @default - Yahoo's */
  readonly endpoint?: string | undefined
}

/** Until it is interrupted. */
export async function watchSymbols(options: WatchOptions): Promise<void> {
  const { symbols, interval, firstDay, folder, signal, clock, say, endpoint } = options
  say(`Watching ${symbols.join(', ')} at ${interval}; bars go to ${folder}/yahoo. Ctrl-C ends it.`)
  const place = { store: new HistoryStore(folder), clock, log: spoken(say), signal, endpoint }
  await keepFetching({ symbols, intervals: [interval], years: 1, firstDay }, place, ({ asked, bars, next }) => {
    const time = new Date(clock.now()).toISOString().slice(11, 19)
    const then = next === null ? '' : `; asks again at ${next.slice(0, 16)}Z`
    if (asked > 0) say(`${time}Z  ${asked} requests, ${bars} bars new or restated${then}`)
  })
}

/** What goes wrong, as lines for people. */
function spoken(say: WatchOptions['say']): Log {
  const quiet = (): void => {}
  return {
    debug: quiet,
    info: quiet,
    warn: (message, fields = {}) => say(`${message}: ${Object.values(fields).join(', ')}`),
    error: (message) => say(message),
  }
}

/** A folder as the part of a lake that the fetcher writes: what is history lies in it, what the fetcher knows in `.fetch`. */
class HistoryStore implements Pick<ObjectStore, 'get' | 'put'> {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const path = this.#pathOf(key)
    if (!existsSync(path)) return undefined
    const body = await readFile(path)
    return { body, size: body.length, etag: etagOf(body), metadata: {} }
  }

  /** One process writes here, so a condition is a look and a write. A reader finds the old file or the new one, whole. */
  async put(key: string, body: Uint8Array, { condition }: PutOptions = {}): Promise<PutOutcome> {
    if (!holds(condition, await this.get(key))) return { kind: 'condition-failed' }
    const path = this.#pathOf(key)
    makeFolder(dirname(path))
    await writeFile(`${path}.new`, body)
    await rename(`${path}.new`, path)
    return { kind: 'written', etag: etagOf(body) }
  }

  #pathOf(key: string): string {
    const history = `${LAYOUT.history}/`
    return key.startsWith(history) ? join(this.#folder, key.slice(history.length)) : join(this.#folder, `.${key}`)
  }
}

function etagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}
