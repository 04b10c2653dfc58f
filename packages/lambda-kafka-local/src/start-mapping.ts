/** One mapping for as long as a test, or a program, needs it. */
import { handlerFile } from './adapters/handler-file.ts'
import { handlerFunction } from './adapters/handler-function.ts'
import type { Security } from './adapters/kafka-security.ts'
import { systemClock } from './clock.ts'
import type { MappingDescription } from './core/mapping-description.ts'
import { parseMapping } from './core/parse-mapping.ts'
import { MappingError, UsageError } from './errors.ts'
import type { Handler } from './handler.ts'
import { jsonLog, type Log } from './log.ts'
import type { MappingOptions } from './mapping-run.ts'
import type { FunctionInvoker } from './ports.ts'
import { type Discarded, type Invocation, Recorder } from './recorder.ts'
import { LOCAL_REGION, type RunningMappings, startMappings } from './start-mappings.ts'
import type { MappingStatus } from './status.ts'

export interface StartMappingOptions extends MappingOptions {
  /** In the words of CreateEventSourceMapping. Without UUID and ConsumerGroupId every start has a group of its own. */
  readonly mapping: MappingDescription
  /** @default those that the mapping names */
  readonly brokers?: readonly string[]
  /** @default plain text */
  readonly security?: Security
  /** A function of this process, or a file: `orders.mjs`, `orders.mjs#handler`. One of the two, `handler` or `lambdaEndpoint`. */
  readonly handler?: Handler | string
  /** Where a Lambda API answers: SAM's `http://127.0.0.1:3001`, serverless-offline's `http://127.0.0.1:3002`, an emulator. */
  readonly lambdaEndpoint?: string
  /** Where S3, SQS and SNS answer. @default AWS itself */
  readonly destinationEndpoint?: string
  /** @default us-east-1 */
  readonly region?: string
  /** How long a handler may take, in milliseconds. @default 60 s */
  readonly timeoutMs?: number
  /** What a handler's context tells. @default 128 */
  readonly memoryMb?: number
  /** Pass over what AWS refuses, with a warning. @default false */
  readonly lenient?: boolean
  /** @default warnings and errors as JSON lines on stderr */
  readonly log?: Log
}

export interface StartedMapping extends AsyncDisposable {
  /** In their order, the last 10,000. */
  readonly invocations: readonly Invocation[]
  readonly discarded: readonly Discarded[]
  status(): MappingStatus
  /**
   * Resolves when everything that was produced before the call is handled or discarded, and committed.
   * Rejects where the function cannot be invoked at all, or the mapping is stopped meanwhile.
   */
  drained(): Promise<void>
  /** Lets invocations end, commits, leaves the group. */
  stop(): Promise<void>
}

const TIMEOUT_MS = 60_000
const MEMORY_MB = 128
const LOOK_AGAIN_MS = 20

/** Resolves when the mapping has joined its group and knows where it begins: what is produced from then on is seen. */
export async function startMapping(options: StartMappingOptions): Promise<StartedMapping> {
  const { log = jsonLog((line) => void process.stderr.write(line), 'warn') } = options
  const description = { FunctionName: 'handler', ...options.mapping }
  checkFirst(description, options)
  const recorder = new Recorder()
  const stopping = new AbortController()
  const invoker = await invokerOf(options, description)
  const running = startMappings({
    ...options,
    mappings: [description],
    ...(invoker ? { invoker } : {}),
    observer: recorder,
    signal: stopping.signal,
    clock: systemClock,
    log,
  })
  const stop = () => {
    stopping.abort()
    return running.done
  }
  const started = startedOf(running, { recorder, stop, signal: stopping.signal })
  await begun(running).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return started
}

function checkFirst(description: MappingDescription, options: StartMappingOptions): void {
  if ((options.handler === undefined) === (options.lambdaEndpoint === undefined))
    throw new UsageError('Which function? Give one of handler and lambdaEndpoint.')
  if (description.Enabled === false) throw new UsageError('The mapping is not enabled: Enabled is false.')
  const { brokers = [], lenient = false } = options
  const mapping = parseMapping(description, brokers, { lenient })
  if (mapping.brokers.length === 0) throw new UsageError('Which brokers? Give brokers, or let the mapping name them.')
}

async function invokerOf(
  options: StartMappingOptions,
  description: MappingDescription,
): Promise<FunctionInvoker | undefined> {
  const { handler, timeoutMs = TIMEOUT_MS, memoryMb = MEMORY_MB, region = LOCAL_REGION } = options
  if (handler === undefined) return undefined
  const functionName = description.FunctionArn ?? description.FunctionName ?? 'handler'
  const settings = { functionName, timeoutMs, memoryMb, region }
  return typeof handler === 'string' ? handlerFile(handler, settings) : handlerFunction(handler, settings)
}

interface Parts {
  readonly recorder: Recorder
  readonly signal: AbortSignal
  readonly stop: () => Promise<void>
}

function startedOf(running: RunningMappings, { recorder, signal, stop }: Parts): StartedMapping {
  const status = () => {
    const [only] = running.status()
    if (!only)
      throw new MappingError('not-running', 'The mapping does not run: it was stopped, or was refused (see the log).')
    return only
  }
  return {
    invocations: recorder.invocations,
    discarded: recorder.discards,
    status,
    drained: () => drained(status, signal),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

async function drained(status: () => MappingStatus, signal: AbortSignal): Promise<void> {
  const { polls } = status()
  for (;;) {
    if (signal.aborted) throw new MappingError('stopped', 'The mapping was stopped before it was drained.')
    const now = status()
    if (now.refused !== null) throw new MappingError('refused', `The function cannot be invoked. ${now.refused}`)
    // The round that was on its way at the call may have asked the broker before it; the next one did not.
    const isCurrent = now.polls >= polls + 2
    if (isCurrent && now.inFlight === 0 && (now.lag === 0 || now.partitions.length === 0)) return
    await systemClock.sleep(LOOK_AGAIN_MS, signal)
  }
}

/** A broker that starts beside the test is waited for; one that is not there at all is said. */
const MOST_TRIES = 10

async function begun(running: RunningMappings): Promise<void> {
  for (;;) {
    const [refusal] = running.refusals()
    if (refusal) throw new UsageError(refusal)
    const [status] = running.status()
    if (status && status.polls > 0) return
    if (status && status.pollingErrors >= MOST_TRIES) throw new MappingError('not-joined', status.lastProcessingResult)
    await systemClock.sleep(LOOK_AGAIN_MS)
  }
}
