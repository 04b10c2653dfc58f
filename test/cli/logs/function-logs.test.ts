import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { CloudWatchLogsClient, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import { newEvents } from '../../../cli/logs/function-logs.ts'
import { awsServer } from '../../support/aws-server.ts'

const GROUP = 'consumer'

/** Reads a log twice; between the two more of it is there. */
async function readTwice(t: TestContext, first: readonly FilteredLogEvent[], then: readonly FilteredLogEvent[]) {
  let log = first
  const target = await awsServer(t, ({ body }) => {
    const { startTime } = body as { readonly startTime: number }
    return { body: { events: log.filter(({ timestamp = 0 }) => timestamp >= startTime) } }
  })
  const events = newEvents(new CloudWatchLogsClient(target), { group: GROUP, since: 0 })
  const before = await Array.fromAsync(events(), ({ message }) => message)
  log = [...first, ...then]
  return [before, await Array.fromAsync(events(), ({ message }) => message)]
}

const line = (timestamp: number, message: string): FilteredLogEvent => ({ logStreamName: 's', timestamp, message })

test('each line is given once where an emulator gives events no id', async (t) => {
  const lines = [line(1, 'START'), line(1, 'landed'), line(1, 'landed'), line(2, 'END')]

  assert.deepEqual(await readTwice(t, lines, [line(2, 'END'), line(2, 'REPORT'), line(3, 'START')]), [
    ['START', 'landed', 'landed', 'END'],
    ['END', 'REPORT', 'START'],
  ])
})

test('an event with an id is given once', async (t) => {
  const withIds = (lines: readonly FilteredLogEvent[], from: number) =>
    lines.map((each, i) => ({ ...each, eventId: String(from + i) }))

  assert.deepEqual(
    await readTwice(t, withIds([line(1, 'a'), line(2, 'b')], 0), withIds([line(2, 'b'), line(2, 'c')], 2)),
    [
      ['a', 'b'],
      ['b', 'c'],
    ],
  )
})
