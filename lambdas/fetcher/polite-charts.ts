import type { Clock } from '../../lake/clock.ts'
import { type ChartAnswer, ChartError, type ChartPort, type ChartQuery } from '../../lake/history/yahoo-chart.ts'
import type { Metrics } from '../../lake/metrics.ts'

export interface PoliteProps {
  /** Requests of one run, those that failed included. */
  readonly budget: number
  /** Epoch milliseconds: nothing is asked from here on. */
  readonly deadline: number
}

interface PoliteEffects {
  readonly charts: ChartPort
  readonly clock: Clock
  readonly metrics: Metrics
  /** In [0, 1). */
  readonly random: () => number
  readonly signal?: AbortSignal
}

const TRIES = 3
/** The first wait is up to as long, each further one up to twice the last. */
const WAIT_MS = 2_000

/** Asks no more than it may: again after a pause where an answer was none, and no more at all once it was refused twice. */
export class PoliteCharts {
  readonly #props: PoliteProps
  readonly #effects: PoliteEffects
  #asked = 0
  #isRefused = false

  constructor(props: PoliteProps, effects: PoliteEffects) {
    this.#props = props
    this.#effects = effects
  }

  get asked(): number {
    return this.#asked
  }

  /** Whether Yahoo asked for fewer requests, and went on to. */
  get isRefused(): boolean {
    return this.#isRefused
  }

  get mayAsk(): boolean {
    const { clock, signal } = this.#effects
    if (this.#isRefused || signal?.aborted) return false
    return this.#asked < this.#props.budget && clock.now() < this.#props.deadline
  }

  async chart(query: ChartQuery): Promise<ChartAnswer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#ask(query)
      } catch (error) {
        if (!(error instanceof ChartError) || error.fault === 'absent') throw error
        if (attempt === TRIES || !this.mayAsk) {
          this.#isRefused ||= error.fault === 'refused'
          throw error
        }
        await this.#effects.clock.sleep(WAIT_MS * 2 ** (attempt - 1) * (0.5 + this.#effects.random() / 2))
      }
    }
  }

  async #ask(query: ChartQuery): Promise<ChartAnswer> {
    this.#asked += 1
    try {
      return await this.#effects.charts.chart(query)
    } catch (error) {
      if (error instanceof ChartError && error.fault === 'refused') {
        this.#effects.metrics.record('FetchRefusals', 1, 'Count')
      }
      throw error
    }
  }
}
