/** One container of the consumer and its successors: idle, at work, or a zombie whose invocation is over. */
import type { ChildProcess } from 'node:child_process'
import type { Finished } from './consumer-process.ts'
import type { FaultProxy, Victim } from './fault-proxy.ts'

type State = 'idle' | 'busy' | 'zombie'

export class Consumer implements Victim {
  readonly proxy: FaultProxy
  readonly #spawn: () => ChildProcess
  readonly #onFree: (consumer: Consumer) => void
  #child: ChildProcess
  #state: State = 'idle'
  #invocation: { readonly id: number; readonly finish: (finished: Finished) => void } | undefined
  #finishedAsZombie = false
  #rested: () => void = () => undefined

  constructor(proxy: FaultProxy, spawn: () => ChildProcess, onFree: (consumer: Consumer) => void) {
    this.proxy = proxy
    this.#spawn = spawn
    this.#onFree = onFree
    this.#child = this.#begin()
    proxy.carryFor(this)
  }

  get isIdle(): boolean {
    return this.#state === 'idle'
  }

  reserve(): void {
    this.#state = 'busy'
  }

  /** Whether it has just come back from a zombie's walk; asked once. */
  hasBeenZombie(): boolean {
    const been = this.#finishedAsZombie
    this.#finishedAsZombie = false
    return been
  }

  invoke(id: number, event: string): Promise<Finished> {
    return new Promise((finish) => {
      this.#invocation = { id, finish }
      // A child that was killed a moment ago cannot be told any more; its exit ends the invocation.
      if (this.#child.connected) this.#child.send({ id, event }, () => undefined)
    })
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** For Lambda its time is up: the records are handed to somebody else. The process does not know. */
  pause(): void {
    this.#child.kill('SIGSTOP')
    if (this.#state !== 'busy') return
    this.#state = 'zombie'
    this.#answer({ id: this.#invocation?.id ?? 0, error: 'Task timed out' })
  }

  resume(): void {
    this.#child.kill('SIGCONT')
  }

  rested(): Promise<void> {
    if (this.#state !== 'zombie') return Promise.resolve()
    return new Promise((resolve) => {
      this.#rested = resolve
    })
  }

  async close(): Promise<void> {
    this.#child.removeAllListeners('exit')
    this.#child.kill('SIGKILL')
    await this.proxy.close()
  }

  #begin(): ChildProcess {
    const child = this.#spawn()
    child.on('message', (finished: Finished) => this.#finished(finished))
    child.once('exit', (code, signal) => {
      if (signal !== 'SIGKILL')
        throw new Error(`A consumer ended by itself with ${code ?? signal}; its words are above.`)
      this.#died()
    })
    return child
  }

  #finished(finished: Finished): void {
    if (this.#state === 'zombie') this.#finishedAsZombie = true
    else this.#answer(finished)
    this.#becomeIdle()
  }

  #died(): void {
    this.#child = this.#begin()
    this.#answer({ id: this.#invocation?.id ?? 0, error: 'Runtime exited with error: signal: killed' })
    this.#becomeIdle()
  }

  #answer(finished: Finished): void {
    this.#invocation?.finish(finished)
    this.#invocation = undefined
  }

  #becomeIdle(): void {
    this.#state = 'idle'
    this.#rested()
    this.#onFree(this)
  }
}
