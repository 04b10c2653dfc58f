import type { Clock } from '../../lake/clock.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import type { CursorVersion, ReplayCursors } from '../../lake/replay/cursors.ts'
import { isHeldByOther, type ReplayCursor } from '../../lake/replay/replay-cursor.ts'

export interface HoldEffects {
  readonly cursors: ReplayCursors
  readonly clock: Clock
  /** Makes a UUID. */
  readonly freshId: () => string
}

export interface HoldRequest {
  readonly key: string
  /** The cursor to go on from, made of the one that is there. It may throw: then nothing is taken. */
  readonly begin: (found: ReplayCursor | undefined, now: number) => ReplayCursor
  /** How long to wait (ms) for another holder to let go. */
  readonly patienceMs: number
}

/** How long a holder that fell silent keeps others out: a crashed invocation delays the replay by no more. */
const LEASE_MS = 30_000
/** A lease that ends sooner than this is renewed before anything is sent: a send takes less. */
const LEASE_MARGIN_MS = 10_000
const POLL_MS = 500

/**
 * A replay cursor in hand. Only who holds its lease sends, and every write is on condition that nobody else wrote:
 * who lost the lease while it stood still (a paused process) learns it at its next write and sends no more.
 */
export class CursorHold {
  readonly #key: string
  readonly #holder: string
  readonly #effects: HoldEffects
  #version: CursorVersion | undefined

  private constructor(key: string, found: CursorVersion | undefined, effects: HoldEffects) {
    this.#key = key
    this.#holder = effects.freshId()
    this.#effects = effects
    this.#version = found
  }

  /** Takes the cursor, or gives undefined where another holder does not let go in time. */
  static async take({ key, begin, patienceMs }: HoldRequest, effects: HoldEffects): Promise<CursorHold | undefined> {
    const { cursors, clock } = effects
    const giveUpAt = clock.now() + patienceMs
    while (true) {
      const hold = new CursorHold(key, await cursors.read(key), effects)
      const found = hold.#version?.value
      const now = clock.now()
      if (!found || !isHeldByOther(found, hold.#holder, now)) {
        if (await hold.#write(begin(found, now), LEASE_MS)) return hold
        continue // another one was faster: look again
      }
      if (now >= giveUpAt) return undefined
      await clock.sleep(POLL_MS)
    }
  }

  get cursor(): ReplayCursor {
    if (!this.#version) throw new TickerlakeError('cursor-lost', `The cursor ${this.#key} is not held.`)
    return this.#version.value
  }

  /** Writes the cursor down and keeps it for `idleMs` and the lease's length. */
  async save(cursor: ReplayCursor, idleMs = 0): Promise<void> {
    if (await this.#write(cursor, idleMs + LEASE_MS)) return
    throw new TickerlakeError(
      'cursor-lost',
      `Another replay took over ${this.#key} while this one stood still; it goes on from what was written down.`,
    )
  }

  /** Makes sure that nobody took over since the last write; to be called before each send. */
  async renewIfOld(): Promise<void> {
    const expires = this.cursor.lease?.expires ?? 0
    if (this.#effects.clock.now() > expires - LEASE_MARGIN_MS) await this.save(this.cursor)
  }

  /** Lets others take the cursor at once. Failing that they can when the lease is over, so it is no error. */
  async release(): Promise<void> {
    if (!this.#version) return
    await this.#effects.cursors.replace(this.#key, { ...this.cursor, lease: null }, this.#version.etag)
  }

  async #write(cursor: ReplayCursor, leaseMs: number): Promise<boolean> {
    const { cursors, clock } = this.#effects
    const lease = { holder: this.#holder, expires: clock.now() + leaseMs }
    const outcome = await cursors.replace(this.#key, { ...cursor, lease }, this.#version?.etag)
    this.#version = outcome.kind === 'written' ? outcome.version : undefined
    return outcome.kind === 'written'
  }
}
