import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { UsageError } from '../../../lake/errors.ts'
import { localOptionsOf } from '../../support/local-options.ts'

describe('the command line of npm run local', () => {
  test('says nothing: the engine that the machine has stays and sends a session every five seconds', () => {
    const { command, engine, once, speed, keep } = localOptionsOf([])

    assert.deepEqual(
      { command, engine, once, speed, keep },
      {
        command: 'run',
        engine: undefined,
        once: false,
        speed: 1,
        keep: false,
      },
    )
  })

  test('--once runs at full speed whatever --speed says', () => {
    assert.equal(localOptionsOf(['--once', '--speed', '3']).speed, 'max')
  })

  test('the folder comes from --dir, else from the environment', () => {
    const env = { TICKERLAKE_LOCAL_DIR: '/tmp/other' }

    assert.equal(localOptionsOf([], env).dir, '/tmp/other')
    assert.equal(localOptionsOf(['--dir', '/tmp/mine'], env).dir, '/tmp/mine')
  })

  const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a word that is no option', ['once'], /takes options only; got "once". See --help/],
    ['an engine that is none', ['--engine', 'podman'], /--engine takes native, docker or own; got "podman"/],
    ['half a session', ['--speed', '0.5'], /--speed takes a whole number from 1 to 99999, or max; got "0.5"/],
    [
      'one port for two programs',
      ['--port-kafka', '4565'],
      /the port after --port-kafka\) and --port-aws are both 4566; give each a port of its own/,
    ],
    ['a port that leaves none for the controller', ['--port-kafka', '65535'], /--port-kafka takes .* to 65534/],
    ['a topic that Kafka refuses', ['--topic', 'market bars'], /--topic takes up to 249 letters.*got "market bars"/],
    ['an engine of queries that is none', ['--athena', 'spark'], /--athena takes duckdb or trino; got "spark"/],
    ['a Trino without a lake', ['--athena', 'trino', '--engine-only'], /--engine-only deploys none/],
    ['a report of a run that does not end', ['--report', 'x.json'], /--once; give both/],
  ]
  for (const [name, args, message] of misuses) {
    test(`${name} is refused in one sentence`, () => {
      assert.throws(
        () => localOptionsOf(args),
        (error) => error instanceof UsageError && message.test(error.message),
      )
    })
  }
})
