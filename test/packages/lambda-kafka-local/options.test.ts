import assert from 'node:assert/strict'
import { test } from 'node:test'
import { valuesOf } from '../../../packages/lambda-kafka-local/src/command-line.ts'
import { UsageError } from '../../../packages/lambda-kafka-local/src/errors.ts'
import { type CliOptions, cliOptions, OPTIONS } from '../../../packages/lambda-kafka-local/src/options.ts'

const parseOptions = (args: readonly string[]): CliOptions => cliOptions(valuesOf(OPTIONS, args))

test('an endpoint is enough: the mappings that are deployed there are run', () => {
  const options = parseOptions(['--endpoint', 'http://127.0.0.1:4566'])

  assert.equal(options.mapping, undefined)
  assert.deepEqual(options.brokers, [])
  assert.equal(options.concurrency, 5)
  assert.equal(options.chaos, undefined)
})

test('brokers are a list, times are given in seconds, chaos by its seed', () => {
  const options = parseOptions([
    ...['--mapping', 'orders.json', '--handler', 'orders.mjs', '--brokers', 'a:1,b:2'],
    ...['--timeout', '3', '--status', '0', '--chaos', '42', '--until-empty'],
  ])

  assert.deepEqual(options.brokers, ['a:1', 'b:2'])
  assert.deepEqual([options.timeoutMs, options.statusMs], [3000, 0])
  assert.deepEqual(options.chaos, { seed: 42 })
  assert.equal(options.untilEmpty, true)
})

for (const [what, args] of [
  ['no function', []],
  ['a handler without a mapping', ['--handler', 'orders.mjs']],
  ['an unknown option', ['--endpoint', 'x', '--fast']],
  ['a number that is none', ['--endpoint', 'x', '--concurrency', 'many']],
  ['a number out of range', ['--endpoint', 'x', '--concurrency', '0']],
] as const) {
  test(`a command line with ${what} is refused with a sentence`, () => {
    assert.throws(() => parseOptions(args), UsageError)
  })
}
