import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistorySource } from '../../../lake/history/history-source.ts'
import { ParquetHistory } from '../../../lake/history/history-window.ts'
import { aProducer, byHand, dailyRows } from '../../support/replays.ts'

const seconds = (times: readonly number[]): number[] => times.map((time) => (time - (times[0] ?? 0)) / 1_000)

test('a scheduled minute sends twelve sessions, one every five seconds, all symbols of a date together', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 30))
  await producer.keep('MSFT.parquet', dailyRows('2013-03-01', 30))

  const answer = await producer.scheduled()

  const { batches, messages } = producer.sender
  assert.deepEqual(seconds(batches.map(({ at }) => at)), [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55])
  assert.deepEqual(
    batches[1]?.records.map(({ key }) => key),
    ['AAPL', 'MSFT'],
  )
  assert.deepEqual(
    new Set(messages.slice(2, 4).map((message) => message['ts_event'])),
    new Set(['2013-03-02T00:00:00.000Z']),
  )
  assert.deepEqual(
    { sent: answer.sent, markers: answer.markers, done: answer.done, next: answer.next },
    { sent: 24, markers: 0, done: false, next: '2013-03-13T00:00:00.000Z' },
  )
})

test('the next scheduled minute goes on where the last one ended', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 30))

  await producer.scheduled()
  producer.clock.advance(5_000)
  const second = await producer.scheduled()

  assert.deepEqual(
    producer.sender.messages.map((message) => message['open']),
    Array.from({ length: 24 }, (_, i) => 10 + i),
  )
  assert.deepEqual(second.total, { sent: 24, markers: 0 })
})

test('at the end of history one marker is sent, then nothing until there is more, which needs no marker', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 3))

  const first = await producer.scheduled()
  const second = await producer.scheduled()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 5))
  const third = await producer.scheduled()

  assert.deepEqual(
    [first, second, third].map(({ sent, markers, done }) => ({ sent, markers, done })),
    [
      { sent: 4, markers: 1, done: true },
      { sent: 0, markers: 0, done: true },
      { sent: 2, markers: 0, done: true },
    ],
  )
  assert.equal(producer.sender.messages[3]?.['kind'], 'end_of_replay')
  assert.equal(producer.sender.messages[3]?.['sent'], 3)
})

test('a replay that loops begins again under another run id', async () => {
  const producer = aProducer({ settings: { atEnd: 'loop' } })
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 2))

  const answer = await producer.scheduled()

  const { messages } = producer.sender
  assert.equal(messages.filter(({ kind }) => kind === 'end_of_replay').length, answer.markers)
  assert.deepEqual(
    messages.slice(0, 6).map((message) => message['open'] ?? message['kind']),
    [10, 11, 'end_of_replay', 10, 11, 'end_of_replay'],
  )
  assert.notEqual(messages[0]?.['run_id'], messages[3]?.['run_id'])
  assert.equal(answer.done, false)
})

test('a run by hand leaves the scheduled replay where it is', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 30))

  await producer.scheduled()
  const manual = await producer.invoke(byHand())
  producer.clock.advance(5_000)
  const next = await producer.scheduled()

  assert.deepEqual(manual.total, { sent: 31, markers: 1 })
  assert.equal(next.total.sent, 24)
})

test('a run by hand takes only the symbols, days and number of bars that it is asked for', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 30))
  await producer.keep('MSFT.parquet', dailyRows('2013-03-01', 30))
  const selection = { symbols: ['MSFT'], from: Date.UTC(2013, 2, 5), to: Date.UTC(2013, 2, 20), limit: 3 }

  const answer = await producer.invoke(byHand(selection))

  assert.deepEqual(
    producer.sender.messages.map(({ symbol, ts_event, kind }) => kind ?? `${symbol} ${ts_event}`),
    [
      'MSFT 2013-03-05T00:00:00.000Z',
      'MSFT 2013-03-06T00:00:00.000Z',
      'MSFT 2013-03-07T00:00:00.000Z',
      'end_of_replay',
    ],
  )
  assert.deepEqual({ sent: answer.sent, done: answer.done }, { sent: 4, done: true })
})

test('a run that meets its deadline goes on when it is asked for again', async () => {
  const producer = aProducer({ invocationMs: 20_000 })
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 7))

  const answers = []
  do answers.push(await producer.invoke(byHand({}, 'slow', 1)))
  while (!answers.at(-1)?.done)

  assert.deepEqual(
    answers.map(({ sent }) => sent),
    [3, 2, 3],
  )
  assert.deepEqual(answers[0]?.next, '2013-03-04T00:00:00.000Z')
  assert.deepEqual(answers.at(-1)?.total, { sent: 8, markers: 1 })
})

test('a run that is done stays done', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 2))

  await producer.invoke(byHand())
  const again = await producer.invoke(byHand())

  assert.deepEqual(
    { sent: again.sent, done: again.done, total: again.total },
    { sent: 0, done: true, total: { sent: 3, markers: 1 } },
  )
})

test('a run cannot go on as another one', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 2))
  await producer.invoke(byHand())

  await assert.rejects(producer.invoke(byHand({ symbols: ['AAPL'] })), /was begun with .* take another runId/)
})

test('no history is no end: the replay waits for its first file', async () => {
  const producer = aProducer()

  const empty = await producer.scheduled()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 2))
  const filled = await producer.scheduled()

  assert.deepEqual({ sent: empty.sent, done: empty.done }, { sent: 0, done: true })
  assert.deepEqual({ sent: filled.sent, markers: filled.markers }, { sent: 3, markers: 1 })
})

test('a file that is no history is left out, with its reason in the answer, the log and a metric', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 2))
  await producer.keep('broken.parquet', new TextEncoder().encode('not Parquet at all'))

  const answer = await producer.scheduled()

  assert.equal(answer.sent, 3)
  assert.deepEqual(
    answer.skipped.map(({ file }) => file),
    ['history/broken.parquet'],
  )
  assert.match(answer.skipped[0]?.reason ?? '', /PAR1/)
  assert.ok(
    producer.logged.some(({ level, fields }) => level === 'warn' && fields?.['file'] === 'history/broken.parquet'),
  )
  assert.ok(producer.measured.some(({ name, value }) => name === 'HistoryFilesSkipped' && value === 1))
})

test('as fast as it goes, a past of many files goes in parts of them, each in the order of time, and ends once', async () => {
  const producer = aProducer({ settings: { speed: 'max' }, partBytes: 1 })
  for (const name of ['AAPL', 'IBM', 'MSFT']) await producer.keep(`${name}.parquet`, dailyRows('2013-03-01', 3))

  const answer = await producer.scheduled()

  const said = producer.sender.messages.map(
    ({ kind, symbol, ts_event }) => kind ?? `${symbol} ${String(ts_event).slice(8, 10)}`,
  )
  const days = (name: string) => ['01', '02', '03'].map((day) => `${name} ${day}`)
  assert.deepEqual(said, [...days('AAPL'), ...days('IBM'), ...days('MSFT'), 'end_of_replay'])
  assert.equal(answer.done, true)
  assert.equal(producer.sender.messages.at(-1)?.['sent'], 9)
})

test('a first few of all bars, and sessions at a pace, are those of all files', async () => {
  const producer = aProducer({ partBytes: 1 })
  for (const name of ['AAPL', 'MSFT']) await producer.keep(`${name}.parquet`, dailyRows('2013-03-01', 40))

  await producer.invoke(byHand({ limit: 4 }))
  await producer.scheduled()

  const symbols = producer.sender.messages.filter(({ kind }) => kind === undefined).map(({ symbol }) => symbol)
  assert.deepEqual(symbols.slice(0, 4), ['AAPL', 'MSFT', 'AAPL', 'MSFT'])
  assert.deepEqual(symbols.slice(4, 8), ['AAPL', 'MSFT', 'AAPL', 'MSFT'])
})

test('a window that an invocation cannot read in its time is said with what to do, before the invocation is cut off', async () => {
  const producer = aProducer({ invocationMs: 20_000 })
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 3))
  const history = new ParquetHistory(producer.store, 'history/')
  const slow: HistorySource = {
    partBehind: (after, versions) => history.partBehind(after, versions),
    read: (request) => {
      producer.clock.advance(16_000)
      return history.read(request)
    },
  }

  await assert.rejects(producer.invoke(byHand({}, 'wide', 1), { history: slow }), /lie in 1 row groups.*speed=max/)
  assert.equal(producer.sender.messages.length, 0)
})

test('a window that an invocation begins late, after it sent others, is left to the next one', async () => {
  const producer = aProducer({ invocationMs: 20_000, partBytes: 1 })
  for (const name of ['AAPL', 'MSFT']) await producer.keep(`${name}.parquet`, dailyRows('2013-03-01', 3))
  const history = new ParquetHistory(producer.store, 'history/', { partBytes: 1 })
  const slow: HistorySource = {
    partBehind: (after, versions) => history.partBehind(after, versions),
    read: (request) => {
      producer.clock.advance(10_000)
      return history.read(request)
    },
  }

  const first = await producer.invoke(byHand(), { history: slow })
  const second = await producer.invoke(byHand(), { history: slow })

  assert.deepEqual([first.sent, first.done], [3, false])
  assert.deepEqual(
    producer.sender.messages.slice(0, 6).map(({ symbol }) => symbol),
    ['AAPL', 'AAPL', 'AAPL', 'MSFT', 'MSFT', 'MSFT'],
  )
  assert.deepEqual([second.sent, second.done], [4, true])
})
