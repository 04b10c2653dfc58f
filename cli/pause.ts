import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { agreed } from '../command/agreed.ts'
import { runCommand } from '../command/command.ts'
import { say } from '../command/progress.ts'
import { systemClock } from '../lake/clock.ts'
import { clusterNameOf, consumerGroupOf, type Deployment } from '../lake/deployment.ts'
import { TickerlakeError } from '../lake/errors.ts'
import { targetToChange } from './lake/lake-to-change.ts'
import type { Target } from './lake/target.ts'
import { type DeployedStack, deployedStacks, type RunningParts, runningParts } from './pause/running-parts.ts'
import { switchAlarms, switchMapping, switchSchedule } from './pause/switches.ts'
import { deleteStacks, isDrained, keptBrokers, lagsOf, ORDER } from './pause/without-brokers.ts'

const HELP = `
Stops what a stage is billed for while nobody uses it, and keeps its data. "npm run resume" goes on.

  npm run pause -- --stage dev               schedules, pollers and the alarms' mails off; brokers go on, and on costing
  npm run pause -- --stage dev --brokers     takes the brokers away too; the lake stays, at the price of its storage

Options
  --stage NAME      the deployed stage (default: the local engine if one runs)
  --brokers         wait until all that was sent has landed, then delete the stacks of pipeline, alarms and brokers
  --lose-the-rest   with --brokers: do not wait; what has not landed is lost with its topic
  --yes             do it without asking

MSK cannot stop a cluster: its brokers cost the same until they are deleted. A pause without --brokers must end before
the topic's records do (topicDays). What has landed and is not compacted stays.
`

/** An invocation of the producer lasts a minute and a half at most. */
const SENDERS_END_MS = 2 * 60_000
const LOOK_EVERY_MS = 30_000
const PATIENCE_MS = 30 * 60_000

interface Pausing {
  readonly target: Target
  readonly deployment: Deployment
  readonly signal: AbortSignal
}

await runCommand({
  help: HELP,
  options: {
    stage: { type: 'string' },
    brokers: { type: 'boolean' },
    'lose-the-rest': { type: 'boolean' },
    yes: { type: 'boolean' },
  },
  async run({ values }, interrupted) {
    const signal = interrupted()
    const { target, deployment } = await targetToChange(process.env, values.stage)
    const cloudFormation = new CloudFormationClient(target.clients)
    const stacks = await deployedStacks(cloudFormation, target.stage)
    const stays = values.brokers ? keptBrokers(stacks.broker) : undefined
    if (stays !== undefined) throw new TickerlakeError('pause', `${stays} Leave --brokers out.`)
    if (
      !values.yes &&
      !(await agreed(`Pause ${target.stage}${values.brokers ? ' and delete its brokers' : ''}?`, signal))
    ) {
      say('Nothing was paused.')
      return 1
    }

    const pausing = { target, deployment, signal }
    const parts = runningParts(Object.values(stacks))
    await stopSending(pausing, parts)
    if (values.brokers && !values['lose-the-rest']) await drained(pausing)
    if (signal.aborted) return 1
    await stopLanding(pausing, parts)
    if (values.brokers) await removeBrokers(pausing, { cloudFormation, stacks })
    else say(stillBilled(stacks.broker !== undefined, target.stage))
    return 0
  },
})

async function stopSending({ target: { clients } }: Pausing, { schedules }: RunningParts): Promise<void> {
  for (const { name } of schedules) await switchSchedule(clients, name, 'DISABLED')
  say(`Schedules off: ${schedules.length}.`)
}

async function stopLanding({ target: { clients } }: Pausing, { mappings, alarms }: RunningParts): Promise<void> {
  for (const id of mappings) await switchMapping(clients, id, 'off')
  await switchAlarms(clients, alarms, 'off')
  say(`Pollers off: ${mappings.length} mapping. Alarms that tell nobody now: ${alarms.length}.`)
}

/** Waits until MSK measures no lag after the last sender ended. */
async function drained({ target, deployment, signal }: Pausing): Promise<void> {
  const cluster = clusterNameOf(deployment)
  if (cluster === undefined) throw new TickerlakeError('pause', 'The stage says no cluster ARN; deploy it again.')
  const started = systemClock.now()
  const ended = new Date(started + SENDERS_END_MS)
  say('Waiting until all that was sent has landed …')
  while (!signal.aborted) {
    const now = new Date(systemClock.now())
    const of = { cluster, topic: deployment.topic, group: consumerGroupOf(target.stage) }
    const lags = await lagsOf(target.clients, of, now)
    if (isDrained(lags, ended)) return
    if (now.getTime() - started > PATIENCE_MS) {
      const last = lags.at(-1)
      const tells = last ? `tells a lag of ${last.records} records at ${last.at.toISOString()}` : 'tells no lag'
      throw new TickerlakeError(
        'pause',
        `After half an hour MSK ${tells}; nothing was deleted, the schedules are off. See docs/runbook.md, "LagGrowing", or give --lose-the-rest.`,
      )
    }
    await systemClock.sleep(LOOK_EVERY_MS, signal)
  }
}

async function removeBrokers(
  { target, signal }: Pausing,
  { cloudFormation, stacks }: { readonly cloudFormation: CloudFormationClient; readonly stacks: Deployed },
): Promise<void> {
  const going = ORDER.flatMap((word) => stacks[word] ?? [])
  await deleteStacks(cloudFormation, going, { say, signal })
  say(`The lake is what is left. npm run deploy -- --stage ${target.stage}, with the same -c as before, goes on.`)
}

type Deployed = Readonly<Partial<Record<(typeof ORDER)[number], DeployedStack>>>

function stillBilled(hasBrokers: boolean, stage: string): string {
  const brokers = hasBrokers ? 'brokers, their storage and endpoints (--brokers deletes them), ' : ''
  return `Still billed: ${brokers}the lake's storage, alarms and dashboard. npm run resume -- --stage ${stage} goes on.`
}
