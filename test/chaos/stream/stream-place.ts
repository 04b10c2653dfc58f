/** What the processes of a streaming chaos are told, and the two steps that they run. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../../lake/clock.ts'
import { ParquetHistory } from '../../../lake/history/history-window.ts'
import type { ChartPort } from '../../../lake/history/yahoo-chart.ts'
import type { OutgoingRecord, RecordSender } from '../../../lake/kafka/kafkajs-sender.ts'
import { END_OF_REPLAY } from '../../../lake/records/wire.ts'
import { objectCursors } from '../../../lake/replay/cursors.ts'
import type { ReplayAnswer } from '../../../lake/replay/replay-answer.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { type FetchAnswer, fetchDue } from '../../../lambdas/fetcher/fetcher.ts'
import { produce } from '../../../lambdas/producer/producer.ts'
import { MARKET } from '../../support/market.ts'
import { silentLog as log } from '../../support/silent-log.ts'
import { EXPECT_HEADER } from '../records.ts'
import type { FastTime } from './stream-clock.ts'

export interface StreamPlace {
  readonly role: 'fetcher' | 'producer'
  readonly seed: number
  readonly yahoo: string
  readonly brokers: readonly string[]
  readonly bucket: string
  readonly topic: string
  /** The market's, on which five weeks pass. */
  readonly market: FastTime
  /** The producer's: a lease of half a minute is over in one or two seconds. */
  readonly minutes: FastTime
  /** Where a producer writes down what it is about to send. */
  readonly journal: string
}

const SETTINGS = {
  symbols: MARKET.map(({ symbol }) => symbol),
  intervals: ['1d', '1h'] as const,
  years: 1,
  budget: 10_000,
}
const LONG_MS = 1e12
const metrics = { record: (): void => {} }

export function fetchOnce(charts: ChartPort, { store, clock }: StepPlace): Promise<FetchAnswer> {
  const effects = { charts, store, clock, random: Math.random, freshId: randomUUID, log, metrics }
  return fetchDue(SETTINGS, { ...effects, remainingMs: () => LONG_MS })
}

interface StepPlace {
  readonly store: ObjectStore
  readonly clock: Clock
}

/** The longest that Lambda gives; by a fast clock it is soon over, on a machine that is slow besides. */
const INVOCATION_MS = 900_000

/** As deployed, a minute of a schedule at full speed. */
export function produceOnce(sender: RecordSender, { store, clock }: StepPlace): Promise<ReplayAnswer> {
  const end = clock.now() + INVOCATION_MS
  return produce(
    { kind: 'scheduled' },
    { everySeconds: 5, speed: 'max', atEnd: 'rest' },
    {
      ...{ store, clock, sender, log, metrics, historyPrefix: 'history/', freshId: randomUUID },
      history: new ParquetHistory(store, 'history/'),
      cursors: objectCursors(store, randomUUID),
      remainingMs: () => end - clock.now(),
    },
  )
}

/** The bars that records are of, each by its name. */
export function namesOf(records: readonly OutgoingRecord[]): readonly string[] {
  return records.map(messageOf).flatMap((bar) => {
    return isMarker(bar) ? [] : [`${bar['interval']} ${bar['symbol']} ${bar['ts_event']}`]
  })
}

/** Sends with each record what the count is to find of it. */
export function expectant(sender: RecordSender): RecordSender {
  const withExpectation = (record: OutgoingRecord): OutgoingRecord => {
    const expect = isMarker(messageOf(record)) ? 'marker' : 'bar'
    return { ...record, headers: { ...record.headers, [EXPECT_HEADER]: expect } }
  }
  return { send: (records) => sender.send(records.map(withExpectation)), close: () => sender.close() }
}

type Message = Readonly<Record<string, unknown>>

function messageOf({ value }: OutgoingRecord): Message {
  return JSON.parse(String(value))
}

function isMarker(message: Message): boolean {
  return message['kind'] === END_OF_REPLAY
}
