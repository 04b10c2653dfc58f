/**
 * `npm run bench -- spark`: the same records from the same topic to Parquet files in a folder, by our consumer and by
 * Spark Structured Streaming on two cores; each a process of its own. Spark is not installed here:
 *
 *   python3 -m venv VENV && VENV/bin/pip install pyspark==4.0.1
 *   SPARK_PYTHON=VENV/bin/python npm run bench -- spark
 *
 * and it needs a Java 17 or 21 (JAVA_HOME, or on the path).
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { join } from 'node:path'
import { UsageError } from '../../lake/errors.ts'
import { Dice } from '../chaos/dice.ts'
import { NOW } from '../support/bars.ts'
import { barMessages } from './bar-messages.ts'
import { type BenchBroker, benchBroker } from './bench-broker.ts'
import { lastLine } from './last-line.ts'
import type { Measure } from './measures.ts'
import { sparkKafkaJars } from './spark-jars.ts'
import {
  committedFiles,
  type Latency,
  landedFiles,
  latencyOf,
  STREAMING_SECONDS,
  type Streaming,
} from './stream-latency.ts'

const SEND_AT_ONCE = 5_000
interface Result {
  readonly name: string
  readonly startCpuSeconds: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
  readonly rows: number
}

/** Prints what each took for everything in a topic, and how long after its sending a record could be read. */
export async function benchSpark(records: number): Promise<readonly Measure[]> {
  const python = process.env['SPARK_PYTHON']
  if (!python) {
    throw new UsageError(
      'The benchmark spark wants SPARK_PYTHON, a Python that has pyspark 4.0.1: python3 -m venv VENV && VENV/bin/pip install pyspark==4.0.1.',
    )
  }
  const broker = await benchBroker(new AbortController().signal)
  try {
    const jars = await sparkKafkaJars(broker.install)
    const spark = [python, join(import.meta.dirname, 'stream-contestant.py'), jars.join(',')]
    const results = await everything(records, broker, spark)
    const latencies = await evenly(broker, spark)
    print(results, latencies)
    return measuresOf(records, results, latencies)
  } finally {
    await broker.close()
  }
}

async function everything(records: number, broker: BenchBroker, spark: readonly string[]): Promise<readonly Result[]> {
  const { brokers, folder } = broker
  const topic = 'bench.all'
  process.stderr.write(`Sending ${records} records …\n`)
  await broker.makeTopic(topic)
  await send(broker, topic, records)
  const events = join(folder, 'events')
  await ended(contestant(['events', brokers, topic, events, String(records)]))
  const consumer = await ended(contestant(['consumer', events, topic, join(folder, 'consumer')]))
  const whole = await ended(contestant(['whole', brokers, topic, join(folder, 'whole'), String(records)]))
  const [command = '', ...args] = spark
  const theirs = await ended(spawn(command, [...args, brokers, topic, join(folder, 'spark')], STDIO))
  const results = [
    { ...consumer, name: 'consumer' },
    { ...whole, name: 'consumer and mapping' },
    { ...theirs, name: 'Spark' },
  ]
  for (const { name, rows } of results) {
    if (rows !== records) throw new Error(`${name} took ${rows} of ${records} records.`)
  }
  return results
}

async function send(broker: BenchBroker, topic: string, records: number): Promise<void> {
  const dice = new Dice(42)
  const message = barMessages(() => dice.next(), NOW - records * 60)
  const sender = broker.sender(topic)
  for (let first = 0; first < records; first += SEND_AT_ONCE) {
    const count = Math.min(SEND_AT_ONCE, records - first)
    await sender.send(Array.from({ length: count }, (_, i) => message(first + i)))
  }
  await sender.close()
}

const STDIO: SpawnOptions = { stdio: ['ignore', 'pipe', 'pipe'] }

function contestant(args: readonly string[]): ChildProcess {
  const program = join(import.meta.dirname, 'stream-contestant.ts')
  return spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', program, ...args], STDIO)
}

/** What a contestant says at its end. */
async function ended(child: ChildProcess): Promise<Omit<Result, 'name'>> {
  return JSON.parse(await lastLine(child))
}

/** A thousand records a second, to each in turn: both at once on two cores would be in each other's way. */
async function evenly(broker: BenchBroker, [command = '', ...args]: readonly string[]): Promise<readonly Latency[]> {
  const ours: Streaming = {
    name: 'consumer and mapping',
    start: (topic, place) => contestant(['whole', broker.brokers, topic, place, 'Infinity']),
    filesIn: landedFiles,
    end: (child) => void child.kill('SIGTERM'),
  }
  const theirs: Streaming = {
    name: 'Spark',
    start: (topic, place) => spawn(command, [...args, broker.brokers, topic, place, String(STREAMING_SECONDS)], STDIO),
    filesIn: committedFiles,
    end: () => undefined, // by itself, after its seconds; its JVM would stay
  }
  return [await latencyOf(ours, broker), await latencyOf(theirs, broker)]
}

function print(results: readonly Result[], latencies: readonly Latency[]): void {
  process.stdout.write(
    '| Kafka to Parquet | CPU s to start | seconds | CPU seconds | peak memory MB | records a CPU second |\n|---|--:|--:|--:|--:|--:|\n',
  )
  for (const { name, startCpuSeconds, seconds, cpuSeconds, peakMb, rows } of results) {
    const cells = [name, startCpuSeconds.toFixed(1), seconds.toFixed(1), cpuSeconds.toFixed(1), peakMb.toFixed(0)]
    process.stdout.write(`| ${cells.join(' | ')} | ${Math.round(rows / cpuSeconds)} |\n`)
  }
  process.stdout.write('\n| sent until readable | median s | 99 of 100 within s |\n|---|--:|--:|\n')
  for (const { name, median, most } of latencies) {
    process.stdout.write(`| ${name} | ${median.toFixed(2)} | ${most.toFixed(2)} |\n`)
  }
}

/** Spark by its streaming alone: whoever runs it always starts it once. */
function measuresOf(
  records: number,
  [consumer, whole, theirs]: readonly Result[],
  [ourLatency, theirLatency]: readonly Latency[],
): readonly Measure[] {
  if (!consumer || !whole || !theirs || !ourLatency || !theirLatency) return []
  const against = 'Spark 4.0.1, local[2]'
  const measure = (what: string, unit: string, [ours, other]: readonly [number, number]): Measure => {
    return { work: `Kafka to Parquet: ${what}`, unit, ours, against, theirs: other }
  }
  return [
    measure(`${records} records, the consumer`, 'CPU s', [consumer.cpuSeconds, theirs.cpuSeconds]),
    measure(`${records} records, consumer and mapping`, 'CPU s', [whole.cpuSeconds, theirs.cpuSeconds]),
    measure(`${records} records, the consumer`, 'MB of memory', [consumer.peakMb, theirs.peakMb]),
    measure('1000 a second, sent until readable', 's, median', [ourLatency.median, theirLatency.median]),
  ]
}
