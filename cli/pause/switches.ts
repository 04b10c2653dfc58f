/** Turns schedules, mappings and the actions of alarms off and on; each may be asked twice. */
import { CloudWatchClient, DisableAlarmActionsCommand, EnableAlarmActionsCommand } from '@aws-sdk/client-cloudwatch'
import { GetEventSourceMappingCommand, LambdaClient, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { GetScheduleCommand, SchedulerClient, UpdateScheduleCommand } from '@aws-sdk/client-scheduler'
import type { ClientConfig } from '../lake/target.ts'

/** CloudWatch takes as many names in one call. */
const ALARMS_AT_ONCE = 100

export async function switchSchedule(clients: ClientConfig, name: string, to: 'ENABLED' | 'DISABLED'): Promise<void> {
  const scheduler = new SchedulerClient(clients)
  const { Target, FlexibleTimeWindow, ScheduleExpression, ...now } = await scheduler.send(
    new GetScheduleCommand({ Name: name }),
  )
  if (now.State === to) return
  // An update replaces the whole schedule: what is left out goes back to its default.
  await scheduler.send(
    new UpdateScheduleCommand({
      Name: name,
      State: to,
      Target,
      FlexibleTimeWindow,
      ScheduleExpression,
      ...(now.GroupName === undefined ? {} : { GroupName: now.GroupName }),
      ...(now.Description === undefined ? {} : { Description: now.Description }),
      ...(now.ScheduleExpressionTimezone === undefined
        ? {}
        : { ScheduleExpressionTimezone: now.ScheduleExpressionTimezone }),
    }),
  )
}

export async function switchMapping(clients: ClientConfig, id: string, to: 'on' | 'off'): Promise<void> {
  const lambda = new LambdaClient(clients)
  const { State } = await lambda.send(new GetEventSourceMappingCommand({ UUID: id }))
  if (State === (to === 'on' ? 'Enabled' : 'Disabled')) return
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: to === 'on' }))
}

/** Whether alarms tell anybody: a stage that rests would have half of them ring. */
export async function switchAlarms(clients: ClientConfig, names: readonly string[], to: 'on' | 'off'): Promise<void> {
  const cloudWatch = new CloudWatchClient(clients)
  for (let at = 0; at < names.length; at += ALARMS_AT_ONCE) {
    const AlarmNames = names.slice(at, at + ALARMS_AT_ONCE)
    await (to === 'on'
      ? cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames }))
      : cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames })))
  }
}
