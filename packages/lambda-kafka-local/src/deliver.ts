/** A mapping in memory: records are filtered, batched, retried, bisected and discarded as with a broker, at once and in virtual time. */
import { handlerFunction } from './adapters/handler-function.ts'
import { type BatchDeps, giveUp, runBatch } from './batch-run.ts'
import type { Clock } from './clock.ts'
import { planBatch } from './core/batch-plan.ts'
import { type EncodedRecord, encodeRecord, eventHeadBytes } from './core/event-json.ts'
import { passes } from './core/filter-match.ts'
import type { Mapping } from './core/mapping.ts'
import type { MappingDescription } from './core/mapping-description.ts'
import { parseMapping } from './core/parse-mapping.ts'
import { PartitionQueue } from './core/partition-queue.ts'
import { groupKey } from './core/source-record.ts'
import { MappingError, UsageError } from './errors.ts'
import type { Handler } from './handler.ts'
import { jsonLog } from './log.ts'
import type { FunctionInvoker } from './ports.ts'
import { type KafkaRecordInput, sourceRecords } from './record-input.ts'
import { type Discarded, type Invocation, Recorder } from './recorder.ts'
import { LOCAL_REGION } from './start-mappings.ts'
import { type AwsMetrics, metricsOf } from './status.ts'
import { Tally } from './tally.ts'

export interface DeliverOptions {
  /** Time at the start, epoch milliseconds: records without a timestamp are this young. @default now */
  readonly now?: number
  /** A mapping that retries for ever ends here. @default 1,000 */
  readonly mostInvocations?: number
  /** How long the handler may take, in milliseconds. @default 60 s */
  readonly timeoutMs?: number
  readonly lenient?: boolean
}

export interface Delivered {
  readonly invocations: readonly Invocation[]
  /** Given up; an on-failure destination would have them. */
  readonly discarded: readonly Discarded[]
  readonly metrics: AwsMetrics
}

const MOST_INVOCATIONS = 1_000
const TIMEOUT_MS = 60_000

/**
 * Delivers the records to the handler and resolves when all are handled or discarded. The batching window is taken to pass
 * at the end of the records, one batch at a time is with the handler, and back-off costs no time, but ages the records.
 */
export async function deliver(
  description: MappingDescription,
  records: readonly KafkaRecordInput[],
  handler: Handler,
  options: DeliverOptions = {},
): Promise<Delivered> {
  if (typeof handler !== 'function')
    throw new UsageError(`deliver takes a handler, a function of an event; got ${typeof handler}.`)
  const { now = Date.now(), timeoutMs = TIMEOUT_MS, lenient = false } = options
  const whole = { FunctionName: 'handler', StartingPosition: 'TRIM_HORIZON', Topics: ['topic'], ...description }
  const mapping = parseMapping(whole, ['127.0.0.1:9092'], { lenient })
  const settings = { functionName: mapping.functionName, timeoutMs, memoryMb: 128, region: LOCAL_REGION }
  const recorder = new Recorder()
  const tally = new Tally()
  const invoker = limited(handlerFunction(handler, settings), options.mostInvocations ?? MOST_INVOCATIONS)
  const queues = queuesOf(records, { mapping, tally, now })
  const signal = new AbortController().signal
  await handleAll(queues, {
    mapping,
    invoker,
    tally,
    observer: recorder,
    destination: { deliver: async () => {} },
    clock: virtualClock(now),
    log: jsonLog(() => {}),
    stopping: signal,
    abandon: signal,
  })
  return { invocations: recorder.invocations, discarded: recorder.discards, metrics: metricsOf(tally.counts, [0]) }
}

interface Start {
  readonly mapping: Mapping
  readonly tally: Tally
  readonly now: number
}

function queuesOf(records: readonly KafkaRecordInput[], { mapping, tally, now }: Start): readonly PartitionQueue[] {
  const [topic = ''] = mapping.topics
  const queues = new Map<string, PartitionQueue>()
  const all = sourceRecords(records, { topic, timestamp: now })
  for (const record of all) {
    const queue = queues.get(groupKey(record)) ?? new PartitionQueue(record, record.offset)
    queues.set(queue.key, queue)
    const isWanted = passes(mapping.filters, record)
    tally.polled(1, isWanted ? 0 : 1)
    queue.append(isWanted ? [encodeRecord(record, now)] : [], record.offset + 1)
  }
  return [...queues.values()]
}

async function handleAll(queues: readonly PartitionQueue[], deps: BatchDeps): Promise<void> {
  const { mapping } = deps
  const limits = { batchSize: mapping.batchSize, windowMs: 0, headBytes: eventHeadBytes(mapping) }
  const byKey = new Map(queues.map((queue) => [queue.key, queue]))
  const ownership = {
    owns: () => true,
    settle: (records: readonly EncodedRecord[]) => {
      for (const record of records) byKey.get(groupKey(record))?.settle(record.offset)
    },
  }
  for (;;) {
    const plan = planBatch(queues, limits, Number.POSITIVE_INFINITY)
    if (plan.kind === 'wait') return
    const records = plan.slices.flatMap(({ key, count }) => byKey.get(key)?.take(count) ?? [])
    if (plan.kind === 'send') await runBatch(records, ownership, deps)
    else
      await giveUp(
        { condition: 'MaximumPayloadSizeExceeded', records, invocations: 0, response: null },
        ownership,
        deps,
      )
    deps.tally.committed(records.length)
  }
}

/** Waiting is done at once. */
function virtualClock(start: number): Clock {
  let now = start
  return {
    now: () => now,
    async sleep(ms) {
      now += ms
    },
  }
}

function limited(invoker: FunctionInvoker, most: number): FunctionInvoker {
  let count = 0
  return {
    invoke(name, payload, signal) {
      if (count++ < most) return invoker.invoke(name, payload, signal)
      throw new MappingError(
        'endless',
        `The handler was invoked ${most} times and records are still left: the mapping retries for ever. Give MaximumRetryAttempts, or mostInvocations.`,
      )
    },
  }
}
