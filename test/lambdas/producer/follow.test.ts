import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atRest, barsSince, closes, fileOf } from '../../support/followed-files.ts'
import { aProducer, dailyRows } from '../../support/replays.ts'

test('a symbol that comes later on the same day is not skipped for the one that came first', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1), 'BTC-USD': closes(1) })
  const sent: string[] = []
  for (let day = 1; day <= 10; day++) {
    const upTo = closes(...Array.from({ length: day + 1 }, (_, i) => 1 + i))
    await producer.keep('BTC-USD.parquet', fileOf(upTo))
    sent.push(...(await news()))
    await producer.keep('AAPL.parquet', fileOf(upTo))
    sent.push(...(await news()))
  }
  assert.equal(sent.filter((bar) => bar.startsWith('AAPL')).length, 10)
  assert.equal(sent.filter((bar) => bar.startsWith('BTC-USD')).length, 10)
})

test('a bar that was sent while it formed is sent again with its final values, and an unchanged one is not', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1, 2, 3) })

  await producer.keep('AAPL.parquet', fileOf(closes(1, 2, 3.5)))
  assert.deepEqual(await news(), ['AAPL 01-07 3.5'])
  assert.deepEqual(await news(), [])
})

test('a bar without values is sent again when it has some', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1, null) })

  await producer.keep('AAPL.parquet', fileOf(closes(1, 2)))

  assert.deepEqual(await news(), ['AAPL 01-06 2'])
})

test('a dividend restates what came before it: exactly its rows are sent', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1), MSFT: closes(1) })
  const history = dailyRows('2020-01-01', 40)
  await producer.keep('KO.parquet', history)
  assert.equal((await news()).length, 40)

  const paid = history.rows.map((row, i) => row.with(5, Number(row[5]) * (i < 25 ? 0.99 : 1)))
  await producer.keep('KO.parquet', { ...history, rows: paid })

  const sent = await news()
  assert.equal(sent.length, 25)
  assert.equal(sent.at(-1)?.slice(0, 8), 'KO 01-25')
})

test('small changes do not add up unseen: each is measured against what was sent', async () => {
  const { producer, news } = await atRest({ AAPL: closes(100) })
  const sent: string[] = []
  for (let call = 1; call <= 10; call++) {
    await producer.keep('AAPL.parquet', fileOf(closes(100 * (1 + call * 4e-7))))
    sent.push(...(await news()))
  }
  assert.equal(sent.length, 3)
})

test('prices that wobble in the seventh digit from fetch to fetch send nothing', async () => {
  const symbols = Array.from({ length: 40 }, (_, i) => `S${i}`)
  const { producer, news } = await atRest(Object.fromEntries(symbols.map((symbol) => [symbol, closes(100, 101, 99)])))
  const store = producer.store
  for (let fetch = 0; fetch < 30; fetch++) {
    const wobble = (i: number): number => 1 + ((i * 7 + fetch * 13) % 9) * 1e-7 - 4e-7
    for (const [i, symbol] of symbols.entries()) {
      await producer.keep(`${symbol}.parquet`, fileOf(closes(100 * wobble(i), 101 * wobble(i + 1), 99 * wobble(i + 2))))
    }
    assert.deepEqual(await news(), [])
  }
  assert.ok((store.objects.get('replay/cursor.json')?.body.length ?? 0) < 1_000)
})

test('a file that loses bars, goes, and comes back is said, and sends nothing again', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1, 2, 3), MSFT: closes(1) })
  await producer.keep('AAPL.parquet', fileOf(closes(1, 2, 3, 4)))
  await news()

  await producer.keep('AAPL.parquet', fileOf(closes(1, 2)))
  assert.deepEqual(await news(), [])
  await producer.store.delete('history/AAPL.parquet')
  assert.deepEqual(await news(), [])
  await producer.keep('AAPL.parquet', fileOf(closes(1, 2, 3, 4)))
  assert.deepEqual(await news(), [])

  const said = producer.logged.filter(({ level }) => level === 'warn').map(({ message }) => message)
  assert.deepEqual(said, ['history file lost bars; they stay in the lake', 'history file gone'])
})

test('a file that breaks is named with its reason, and followed again when it is mended', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1), MSFT: closes(1) })
  await producer.keep('AAPL.parquet', new TextEncoder().encode('half an upload'))
  await producer.keep('MSFT.parquet', fileOf(closes(1, 2)))

  assert.deepEqual(await news(), ['MSFT 01-06 2'])
  assert.ok(producer.logged.some(({ fields }) => fields?.['file'] === 'history/AAPL.parquet'))
  await producer.keep('AAPL.parquet', fileOf(closes(1, 2)))
  assert.deepEqual(await news(), ['AAPL 01-06 2'])
})

test('a file that grows while the past is replayed is followed at once, and the past of the others goes on as it was', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', fileOf(closes(...Array(40).fill(1))))
  await producer.keep('MSFT.parquet', fileOf(closes(...Array(40).fill(1))))
  await producer.scheduled()
  await producer.keep('AAPL.parquet', fileOf(closes(2, ...Array(39).fill(1), 3)))
  const before = producer.sender.messages.length
  producer.clock.advance(5_000)
  await producer.scheduled()

  const sent = barsSince(producer, before)
  assert.deepEqual(sent.slice(0, 2), ['AAPL 01-05 2', 'AAPL 01-17 1'])
  assert.equal(sent.filter((bar) => bar.startsWith('AAPL')).length, 1 + 28 + 1)
  assert.equal(sent.filter((bar) => bar.startsWith('MSFT')).length, 12)
})

test('a record of what was sent that cannot be read sends its file again, and says so', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1, 2) })
  await producer.store.put('replay/sent/history/AAPL.parquet.zst', new TextEncoder().encode('garbage'))
  await producer.keep('AAPL.parquet', fileOf(closes(1, 2, 3)))

  assert.equal((await news()).length, 3)
  assert.ok(producer.logged.some(({ message }) => message.startsWith('sent again whole')))
})

test('of two producers that overlap one follows, and nothing is sent twice', async () => {
  const { producer, before } = await atRest({ AAPL: closes(1) })
  await producer.keep('AAPL.parquet', fileOf(closes(1, 2, 3)))
  producer.clock.advance(60_000)

  const answers = await Promise.all([producer.scheduled(), producer.scheduled()])

  assert.deepEqual(barsSince(producer, before), ['AAPL 01-06 2', 'AAPL 01-07 3'])
  assert.equal(answers.filter(({ sent }) => sent > 0).length, 1)
})
