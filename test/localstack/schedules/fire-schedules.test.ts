import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SchedulerClient } from '@aws-sdk/client-scheduler'
import { SFNClient } from '@aws-sdk/client-sfn'
import type { Clock } from '../../../lake/clock.ts'
import { deployedRates, fireSchedules, type Rate, rateMs } from '../../../localstack/schedules/fire-schedules.ts'
import { awsServer } from '../../support/aws-server.ts'
import { silentLog } from '../../support/silent-log.ts'

const PRODUCER = 'arn:aws:lambda:us-east-1:000000000000:function:producer'
const COMPACTION = 'arn:aws:states:us-east-1:000000000000:stateMachine:compaction'

test('a rate is read as EventBridge Scheduler reads it, and anything else is refused', () => {
  assert.equal(rateMs('rate(1 minute)'), 60_000)
  assert.equal(rateMs('rate(6 hours)'), 21_600_000)
  assert.equal(rateMs('rate(2 days)'), 172_800_000)
  for (const other of ['cron(0 10 * * ? *)', 'rate(0 minutes)', 'rate(1 week)', 'at(2026-11-22T12:00:00)']) {
    assert.throws(() => rateMs(other), { name: 'UsageError', message: /are rates, like rate\(5 minutes\); got/ }, other)
  }
})

test('the schedules that are on are found with their targets; one that is off is not', async (t) => {
  const schedules = {
    producer: { State: 'ENABLED', ScheduleExpression: 'rate(1 minute)', Target: { Arn: PRODUCER, Input: '{"a":1}' } },
    compaction: { State: 'ENABLED', ScheduleExpression: 'rate(60 minutes)', Target: { Arn: COMPACTION } },
    off: { State: 'DISABLED', ScheduleExpression: 'rate(1 minute)', Target: { Arn: PRODUCER } },
  }
  const server = await awsServer(t, ({ path }) => {
    const name = /^\/schedules\/(\w+)/.exec(path)?.[1] as keyof typeof schedules | undefined
    if (name) return { body: schedules[name] }
    return { body: { Schedules: Object.keys(schedules).map((Name) => ({ Name, GroupName: 'default' })) } }
  })

  const rates = await deployedRates(new SchedulerClient(server))

  assert.deepEqual(rates, [
    { name: 'producer', everyMs: 60_000, target: PRODUCER, input: '{"a":1}' },
    { name: 'compaction', everyMs: 3_600_000, target: COMPACTION, input: '{}' },
  ])
})

for (const [kind, target, path] of [
  ['function', PRODUCER, /\/functions\/.*producer\/invocations/],
  ['state machine', COMPACTION, /^\/$/],
] as const) {
  test(`a ${kind} is called once a period, and a call that fails does not end its schedule`, async (t) => {
    const called: string[] = []
    const server = await awsServer(t, (asked) => {
      called.push(decodeURIComponent(asked.path))
      return called.length === 1 ? { status: 500, body: {} } : { body: { executionArn: 'run', startDate: 0 } }
    })
    const ending = new AbortController()
    const clock = endingAfter(3, ending)
    const targets = { lambda: new LambdaClient(server), stepFunctions: new SFNClient(server) }

    const rate: Rate = { name: 'regularly', everyMs: 60_000, target, input: '{}' }
    await fireSchedules([rate], { ...targets, clock, log: silentLog, signal: ending.signal })

    assert.equal(called.length, 3)
    for (const each of called) assert.match(each, path)
  })
}

/** A clock on which time passes at once, and all ends after some periods. */
function endingAfter(periods: number, ending: AbortController): Clock {
  let slept = 0
  return {
    now: () => 0,
    async sleep() {
      if (++slept > periods) ending.abort()
    },
  }
}
