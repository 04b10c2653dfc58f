/** Consumers as processes of this machine, in the place of the Lambda service: cold starts, time-outs, deaths and all. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { FunctionInvoker, InvokeAnswer } from 'lambda-kafka-local'
import { localEnvironment } from '../../localstack/aws/local-aws.ts'
import { Consumer } from './consumer-container.ts'
import { Dice } from './dice.ts'
import { FaultProxy, type Trouble } from './fault-proxy.ts'

export interface ConsumerPoolProps {
  readonly consumers: number
  readonly endpoint: string
  readonly bucket: string
  readonly clusterArn: string
  readonly seed: number
  /** Where the bundled consumer is put. */
  readonly dir: string
}

/** What the pool has done to its consumers. */
export interface PoolCounts {
  readonly invocations: number
  readonly started: number
  /** By trouble, then by step. */
  readonly troubles: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Zombies that came to the end of their old invocation after somebody else had been handed its records. */
  readonly zombiesFinished: number
  readonly lines: readonly string[]
}

/** What was done to the consumers of two clusters, as one. */
export function poolsTogether(a: PoolCounts, b: PoolCounts): PoolCounts {
  const troubles: Record<string, Record<string, number>> = structuredClone(a.troubles) as Record<
    string,
    Record<string, number>
  >
  for (const [trouble, steps] of Object.entries(b.troubles)) {
    const total = troubles[trouble] ?? {}
    for (const [step, count] of Object.entries(steps)) total[step] = (total[step] ?? 0) + count
    troubles[trouble] = total
  }
  return {
    invocations: a.invocations + b.invocations,
    started: a.started + b.started,
    troubles,
    zombiesFinished: a.zombiesFinished + b.zombiesFinished,
    lines: [...a.lines, ...b.lines],
  }
}

const RESPONSE = { statusCode: 200, executedVersion: '$LATEST' } as const

export class ConsumerPool implements FunctionInvoker {
  readonly #props: ConsumerPoolProps
  readonly #members: Consumer[] = []
  readonly #waiting: ((consumer: Consumer) => void)[] = []
  readonly #troubles: Record<string, Record<string, number>> = {}
  readonly #lines: string[] = []
  #invocations = 0
  #started = 0
  #zombiesFinished = 0

  constructor(props: ConsumerPoolProps) {
    this.#props = props
  }

  async start(): Promise<void> {
    // Whatever ends this process, no consumer outlives it: one that stands still would not even notice.
    process.once('exit', () => {
      for (const consumer of this.#members) consumer.kill()
    })
    const outfile = join(this.#props.dir, 'tmp', 'consumer-process.mjs')
    await build({
      entryPoints: [join(import.meta.dirname, 'consumer-process.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    })
    for (let i = 0; i < this.#props.consumers; i++) {
      const proxy = new FaultProxy({
        endpoint: this.#props.endpoint,
        dice: new Dice(this.#props.seed + i + 1),
        onTrouble: (trouble, step) => this.#count(trouble, step),
      })
      const endpoint = await proxy.listen()
      this.#members.push(
        new Consumer(
          proxy,
          () => this.#spawn(outfile, endpoint),
          (consumer) => this.#free(consumer),
        ),
      )
    }
  }

  async invoke(_: string, payload: string, signal: AbortSignal): Promise<InvokeAnswer> {
    const consumer = await this.#idleConsumer()
    signal.throwIfAborted()
    this.#invocations++
    const finished = await consumer.invoke(this.#invocations, payload)
    if (finished.answer !== undefined) return { kind: 'returned', payload: finished.answer, response: RESPONSE }
    const message = finished.error ?? 'Runtime exited'
    return { kind: 'function-error', message, response: { ...RESPONSE, functionError: 'Unhandled' } }
  }

  counts(): PoolCounts {
    return {
      invocations: this.#invocations,
      started: this.#started,
      troubles: this.#troubles,
      zombiesFinished: this.#zombiesFinished,
      lines: this.#lines,
    }
  }

  /** No more trouble; zombies finish what they are at. */
  calm(): void {
    for (const { proxy } of this.#members) proxy.calm()
  }

  /** Resolves when no zombie walks any more. */
  async rest(): Promise<void> {
    await Promise.all(this.#members.map((consumer) => consumer.rested()))
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map((consumer) => consumer.close()))
  }

  #spawn(module: string, endpoint: string): ChildProcess {
    this.#started++
    const child = fork(module, {
      silent: true,
      execArgv: ['--disable-warning=TimeoutNegativeWarning'],
      env: {
        PATH: process.env['PATH'],
        ...localEnvironment(endpoint),
        LAKE_BUCKET: this.#props.bucket,
        CLUSTER_ARN: this.#props.clusterArn,
        PARTIAL_RESPONSES: 'true',
        STAGE: 'chaos',
      },
    })
    child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk.toString()))
    child.stderr?.pipe(process.stderr)
    return child
  }

  /** Of the log only errors are kept: what a partition could not be landed for. */
  #read(text: string): void {
    for (const line of text.split('\n')) if (line.includes('"level":"error"')) this.#keep(line)
  }

  #keep(line: string): void {
    if (this.#lines.length < 2_000) this.#lines.push(line)
  }

  #count(trouble: Trouble, step: string): void {
    const steps = this.#troubles[trouble] ?? {}
    steps[step] = (steps[step] ?? 0) + 1
    this.#troubles[trouble] = steps
  }

  #idleConsumer(): Promise<Consumer> {
    const idle = this.#members.find((consumer) => consumer.isIdle)
    if (idle) {
      idle.reserve()
      return Promise.resolve(idle)
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #free(consumer: Consumer): void {
    if (consumer.hasBeenZombie()) this.#zombiesFinished++
    const next = this.#waiting.shift()
    if (!next) return
    consumer.reserve()
    next(consumer)
  }
}
