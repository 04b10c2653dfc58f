/** Records a second over the last moments. */

interface Counts {
  readonly sent: number | null
  readonly landed: number
}

/** Long enough to see through batches, short enough that a stop shows. */
const WINDOW_MS = 10_000

export class RateHistory {
  #samples: readonly (Counts & { readonly at: number })[] = []

  add(at: number, counts: Counts): { readonly sentPerSecond: number | null; readonly landedPerSecond: number } {
    // One sample older than the window stays: looks may be further apart than it is long.
    const first = this.#samples.findLastIndex((sample) => at - sample.at >= WINDOW_MS)
    this.#samples = [...this.#samples.slice(Math.max(first, 0)), { at, ...counts }]
    const [oldest] = this.#samples
    const seconds = oldest ? (at - oldest.at) / 1000 : 0
    if (!oldest || seconds === 0) return { sentPerSecond: counts.sent === null ? null : 0, landedPerSecond: 0 }
    // A topic that was made again, or files that expired, count down; that is no rate.
    const perSecond = (from: number, to: number): number => Math.max(0, to - from) / seconds
    const isKnown = counts.sent !== null && oldest.sent !== null
    return {
      sentPerSecond: isKnown ? perSecond(oldest.sent, counts.sent) : null,
      landedPerSecond: perSecond(oldest.landed, counts.landed),
    }
  }
}
