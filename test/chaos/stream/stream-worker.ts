/** One fetcher or producer and its successors: killed by the way to S3 or by itself, started again, till it is stopped. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { localEnvironment } from '../../../localstack/aws/local-aws.ts'
import type { Dice } from '../dice.ts'
import { FaultProxy, type Victim } from '../fault-proxy.ts'
import type { StreamPlace } from './stream-place.ts'

export interface WorkerCounts {
  kills: number
  pauses: number
  /** Steps that came to their end. */
  steps: number
  /** What was neither a kill nor to be tried again. */
  readonly failures: string[]
}

export interface WorkerProps {
  readonly module: string
  readonly place: Omit<StreamPlace, 'seed'>
  readonly endpoint: string
  readonly dice: Dice
}

export class StreamWorker implements Victim {
  readonly counts: WorkerCounts = { kills: 0, pauses: 0, steps: 0, failures: [] }
  readonly #props: WorkerProps
  readonly #proxy: FaultProxy
  #child: ChildProcess | undefined
  #isStopping = false

  constructor(props: WorkerProps) {
    this.#props = props
    const { endpoint, dice } = props
    this.#proxy = new FaultProxy({ endpoint, dice, onTrouble: () => {} })
    this.#proxy.carryFor(this)
    // Whatever ends this process, no worker outlives it: one that stands still would not even notice.
    process.once('exit', () => this.kill())
  }

  async start(): Promise<void> {
    this.#begin(await this.#proxy.listen())
  }

  kill(): void {
    this.#child?.kill('SIGKILL')
  }

  pause(): void {
    this.counts.pauses += 1
    this.#child?.kill('SIGSTOP')
  }

  resume(): void {
    this.#child?.kill('SIGCONT')
  }

  /** Kills the one that is at work. */
  async stop(): Promise<void> {
    this.#isStopping = true
    const child = this.#child
    if (child && child.exitCode === null && child.signalCode === null) {
      const dead = once(child, 'exit')
      child.kill('SIGKILL')
      await dead
    }
    await this.#proxy.close()
  }

  #begin(endpoint: string): void {
    const { module, place, dice } = this.#props
    const child = fork(module, {
      execArgv: ['--disable-warning=TimeoutNegativeWarning'],
      env: {
        PATH: process.env['PATH'],
        ...localEnvironment(endpoint),
        LAKE_BUCKET: place.bucket,
        STREAM_PLACE: JSON.stringify({ ...place, seed: dice.integer(0, 1e9) } satisfies StreamPlace),
      },
    })
    this.#child = child
    child.on('message', (said) => {
      if (said === 'done') this.counts.steps += 1
      else this.counts.failures.push(String(said))
    })
    child.once('exit', (code, signal) => {
      if (this.#isStopping) return
      if (signal === 'SIGKILL') this.counts.kills += 1
      else this.counts.failures.push(`A ${place.role} ended by itself with ${code ?? signal}.`)
      this.#begin(endpoint)
    })
  }
}
