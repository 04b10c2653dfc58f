/** For stocks of two zones and a currency of none. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differencesFromMarket } from '../support/market.ts'
import { Stream } from '../support/stream.ts'

/** How often a bar was sent without a change that counts. */
function repeated({ producer }: Stream): number {
  const last = new Map<string, string>()
  let count = 0
  for (const bar of producer.sender.messages.filter(({ kind }) => kind === undefined)) {
    const name = `${bar['symbol']} ${bar['interval']} ${bar['ts_event']}`
    const values = ['open', 'high', 'low', 'close', 'adj_close', 'volume'].map((field) =>
      Number(bar[field]).toPrecision(5),
    )
    const said = values.join(' ')
    if (last.get(name) === said) count += 1
    last.set(name, said)
  }
  return count
}

test('a month of two zones, a currency, a split and a dividend: every final bar with its final values, none sent twice unchanged', async () => {
  const stream = new Stream({ losesEvery: 0, everyMinutes: 480, intervals: ['1d'] })

  const rows = await stream.run()

  assert.deepEqual(differencesFromMarket(rows, '1d'), [])
  assert.equal(repeated(stream), 0)
  assert.ok(stream.topic.records.length > rows.length + 20, 'what was restated stands in bars_versions too')
})

test('hourly bars of a month, over the change of the clocks, a holiday and a half day', async () => {
  const stream = new Stream({ losesEvery: 0, everyMinutes: 1_440, intervals: ['1h'] })

  assert.deepEqual(differencesFromMarket(await stream.run(), '1h'), [])
})

test('with a write lost at every step it goes on, and in the end every bar has its final values', async () => {
  const stream = new Stream({ losesEvery: 3, everyMinutes: 480, intervals: ['1d'] })

  assert.deepEqual(differencesFromMarket(await stream.run(), '1d'), [])
})
