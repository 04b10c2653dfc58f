/** EventBridge Scheduler where the emulator only keeps schedules and fires none: LocalStack's free edition. */
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { GetScheduleCommand, paginateListSchedules, type SchedulerClient } from '@aws-sdk/client-scheduler'
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import type { Clock } from '../../lake/clock.ts'
import { UsageError } from '../../lake/errors.ts'
import type { Log } from '../../lake/log.ts'

/** A schedule that is on, as it is deployed. */
export interface Rate {
  readonly name: string
  readonly everyMs: number
  /** A function or a state machine. */
  readonly target: string
  readonly input: string
}

export interface Targets {
  readonly lambda: LambdaClient
  readonly stepFunctions: SFNClient
}

interface FireDeps extends Targets {
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
}

/** Fires each schedule at its rate, first after one period as the real one does, until the signal. */
export async function fireSchedules(rates: readonly Rate[], deps: FireDeps): Promise<void> {
  await Promise.all(rates.map((rate) => fireRepeatedly(rate, deps)))
}

/** The schedules that are on; throws for one that is no rate. */
export async function deployedRates(scheduler: SchedulerClient): Promise<readonly Rate[]> {
  const rates: Rate[] = []
  for await (const { Schedules = [] } of paginateListSchedules({ client: scheduler }, {})) {
    for (const { Name, GroupName } of Schedules) {
      const {
        State,
        ScheduleExpression = '',
        Target,
      } = await scheduler.send(new GetScheduleCommand({ Name, GroupName }))
      if (State !== 'ENABLED') continue
      const input = Target?.Input ?? '{}'
      rates.push({ name: Name ?? '', everyMs: rateMs(ScheduleExpression), target: Target?.Arn ?? '', input })
    }
  }
  return rates
}

async function fireRepeatedly(rate: Rate, { clock, log, signal, ...targets }: FireDeps): Promise<void> {
  for (;;) {
    await clock.sleep(rate.everyMs, signal)
    if (signal.aborted) return
    try {
      await fire(rate, targets)
    } catch (error) {
      // As on AWS, one time that fails does not end the schedule.
      log.warn('a schedule could not fire', { schedule: rate.name, reason: String(error) })
    }
  }
}

async function fire({ target, input }: Rate, { lambda, stepFunctions }: Targets): Promise<void> {
  if (target.includes(':stateMachine:')) {
    await stepFunctions.send(new StartExecutionCommand({ stateMachineArn: target, input }))
    return
  }
  await lambda.send(new InvokeCommand({ FunctionName: target, InvocationType: 'Event', Payload: Buffer.from(input) }))
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** Milliseconds of EventBridge Scheduler's `rate(5 minutes)` (User Guide, "Schedule types", rate-based schedules). */
export function rateMs(expression: string): number {
  const [, value, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? []
  const ms = Number(value) * (UNIT_MS[unit] ?? 0)
  if (ms > 0) return ms
  throw new UsageError(`The schedules that run here are rates, like rate(5 minutes); got ${expression}.`)
}
