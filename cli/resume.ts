import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { runCommand } from '../command/command.ts'
import { say } from '../command/progress.ts'
import { targetMeant, targetToChange } from './lake/lake-to-change.ts'
import { deployedStacks, runningParts } from './pause/running-parts.ts'
import { switchAlarms, switchMapping, switchSchedule } from './pause/switches.ts'

const HELP = `
Goes on after "npm run pause": pollers, alarms, and the schedules that the stage was deployed with.

  npm run resume -- --stage dev

Options
  --stage NAME   the deployed stage (default: the local engine if one runs)

After a pause with --brokers there is no pipeline to resume: "npm run deploy" makes it and its brokers again.
`

await runCommand({
  help: HELP,
  options: { stage: { type: 'string' } },
  async run({ values }) {
    const target = targetMeant(process.env, values.stage)
    const stacks = await deployedStacks(new CloudFormationClient(target.clients), target.stage)
    if (stacks.pipeline === undefined) {
      say(
        `The stage ${target.stage} has no pipeline to resume: npm run deploy -- --stage ${target.stage}, with the same -c as before.`,
      )
      return 1
    }
    await targetToChange(process.env, values.stage)
    const { schedules, mappings, alarms } = runningParts(Object.values(stacks))
    // Landing first: what was left in the topic is taken before more is sent.
    for (const id of mappings) await switchMapping(target.clients, id, 'on')
    await switchAlarms(target.clients, alarms, 'on')
    const wanted = schedules.filter(({ isWanted }) => isWanted)
    for (const { name } of wanted) await switchSchedule(target.clients, name, 'ENABLED')
    say(
      `Pollers on: ${mappings.length} mapping. Alarms: ${alarms.length}. Schedules: ${wanted.length} of ${schedules.length}, as deployed.`,
    )
    return 0
  },
})
