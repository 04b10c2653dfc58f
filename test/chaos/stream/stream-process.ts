/** A fetcher or a producer as a process of its own, which runs one step after the other and dies wherever its dice say. */
import { appendFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../../../lake/clock.ts'
import { required } from '../../../lake/environment.ts'
import { type ChartPort, yahooCharts } from '../../../lake/history/yahoo-chart.ts'
import { accessOfBrokerList, kafkaClient } from '../../../lake/kafka/kafka-access.ts'
import { KafkajsSender, type RecordSender } from '../../../lake/kafka/kafkajs-sender.ts'
import { isRetryable } from '../../../lake/retry.ts'
import { deployedLake } from '../../../lake/store/deployed-lake.ts'
import { silentLog } from '../../support/silent-log.ts'
import { Dice } from '../dice.ts'
import { fastClock } from './stream-clock.ts'
import { expectant, fetchOnce, namesOf, produceOnce, type StreamPlace } from './stream-place.ts'

/** Beside those that the way to S3 kills. */
const DEADLY = 0.02
/** A death amid a request comes so much later than its beginning, at most. */
const AMID_MS = 30
const REQUESTS_END_MS = 30_000
const PAUSE_MS = 50

const place: StreamPlace = JSON.parse(required(process.env, 'STREAM_PLACE'))
const dice = new Dice(place.seed)
const die = (): void => void process.kill(process.pid, 'SIGKILL')

/** Dies before a request, amid it, or between its end and the answer's use. */
async function mortal<T>(request: () => Promise<T>): Promise<T> {
  if (dice.next() >= 3 * DEADLY) return request()
  const when = dice.pick(['before', 'amid', 'after'] as const)
  if (when === 'before') die()
  if (when === 'amid') setTimeout(die, dice.integer(0, AMID_MS))
  const answer = await request()
  if (when === 'after') die()
  return answer
}

const store = deployedLake(process.env)(() => systemClock.now() + REQUESTS_END_MS)

function fetching(): () => Promise<unknown> {
  const charts = yahooCharts({ endpoint: place.yahoo })
  const port: ChartPort = { chart: (query) => mortal(() => charts.chart(query)) }
  return () => fetchOnce(port, { store, clock: fastClock(place.market) })
}

function producing(): () => Promise<unknown> {
  const kafka = kafkaClient(accessOfBrokerList(place.brokers.join(',')), silentLog)
  const sender = expectant(new KafkajsSender(kafka, place.topic))
  let runs = 0
  const note = (said: readonly string[] | 'done'): void =>
    appendFileSync(place.journal, `${JSON.stringify({ run: `${process.pid}-${runs}`, said })}\n`)
  const noting: RecordSender = {
    send(records) {
      note(namesOf(records))
      return mortal(() => sender.send(records))
    },
    close: () => sender.close(),
  }
  return async () => {
    runs += 1
    await produceOnce(noting, { store, clock: fastClock(place.minutes) })
    note('done')
  }
}

const step = place.role === 'fetcher' ? fetching() : producing()
for (;;) {
  try {
    await step()
    process.send?.('done')
  } catch (error) {
    // What may be tried again is, and who lost the cursor to another one is right to stop.
    const isOvertaken = error instanceof Error && 'code' in error && error.code === 'cursor-lost'
    if (!isRetryable(error) && !isOvertaken) {
      process.send?.(error instanceof Error ? (error.stack ?? error.message) : String(error))
      process.exit(3)
    }
  }
  await delay(PAUSE_MS)
}
