/** Trouble by the dice, the same for the same seed: what may happen to a batch in production and rarely does on a laptop. */

interface ChaosRates {
  /** Shares of batches, 0 to 1. */
  readonly redeliver: number
  readonly kill: number
  readonly double: number
  readonly recut: number
}

export interface ChaosOptions extends Partial<ChaosRates> {
  readonly seed: number
}

export interface ChaosAction {
  /** The batch holds at most this many records: other borders than the mapping would cut. */
  readonly batchSize: number
  /** The function is invoked twice with the same event. */
  readonly double: boolean
  /**
   * What follows the invocation: `redeliver` forgets that it succeeded and cuts the records again;
   * `kill` ends the poller before it commits, so that the next one begins at what was committed.
   */
  readonly fate: 'go-on' | 'redeliver' | 'kill'
}

export const NO_CHAOS: ChaosAction = { batchSize: Number.POSITIVE_INFINITY, double: false, fate: 'go-on' }

const RATES: ChaosRates = { redeliver: 0.1, kill: 0.02, double: 0.1, recut: 0.5 }
/** Recut batches hold 1 to this many records. */
const RECUT_LIMIT = 200

/** An endless plan: each call gives the next batch's action. */
export function chaosPlan({ seed, ...rates }: ChaosOptions): () => ChaosAction {
  const { redeliver, kill, double, recut } = { ...RATES, ...rates }
  const next = random(seed)
  return () => {
    const [cut, size, twice, fate] = [next(), next(), next(), next()]
    return {
      batchSize: cut < recut ? 1 + Math.floor(size * RECUT_LIMIT) : Number.POSITIVE_INFINITY,
      double: twice < double,
      fate: fate < kill ? 'kill' : fate < kill + redeliver ? 'redeliver' : 'go-on',
    }
  }
}

/** Mulberry32: 32 bits of state, enough for dice, and the same on every machine. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}
