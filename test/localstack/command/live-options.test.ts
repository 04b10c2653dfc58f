import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localOptionsOf } from '../../support/local-options.ts'

test('--live names symbols, fetched by the day and by the minute, and sends them at full speed', () => {
  const { live, speed } = localOptionsOf(['--live', 'aapl, BTC-USD'])

  assert.deepEqual(live, { symbols: ['AAPL', 'BTC-USD'], intervals: ['1d', '1m'], endpoint: undefined })
  assert.equal(speed, 'max')
  assert.deepEqual(localOptionsOf(['--live', 'AAPL', '--interval', '1d']).live?.intervals, ['1d'])
})

for (const [what, words, answer] of [
  ['an end', ['--live', 'AAPL', '--once'], /--live goes on until Ctrl-C/],
  ['a history of its own', ['--live', 'AAPL', '--history', 'x'], /--live fetches its history/],
  ['no symbol', ['--live', '<script>'], /--live takes Yahoo symbols.*got "<SCRIPT>"/],
  ['an interval alone', ['--interval', '1m'], /--interval goes with --live/],
  ['an interval that is not fetched', ['--live', 'AAPL', '--interval', '1wk'], /--interval takes 1m, 2m/],
] as const) {
  test(`--live refuses ${what}`, () => {
    assert.throws(() => localOptionsOf([...words]), answer)
  })
}
