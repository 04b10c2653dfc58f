import { SFNClient } from '@aws-sdk/client-sfn'
import { runCommand } from '../command/command.ts'
import { progressOn } from '../command/progress.ts'
import { runCompaction } from '../lake/compaction/start-compaction.ts'
import { TickerlakeError } from '../lake/errors.ts'
import { deploymentOf, targetOf } from './lake/target.ts'

const HELP = `
Brings what has landed into the clean table now, without waiting for the schedule, and returns when it is done.

  npm run compact

Runs may overlap: two give the same table as one. To build the table anew from all that stands in landing, delete
compaction/mark.json in the lake's bucket and run this.

Options
  --stage NAME   the deployed stage (default: the local engine if one runs, else dev)
`

await runCommand({
  help: HELP,
  options: { stage: { type: 'string' } },
  async run({ values }, interrupted) {
    const signal = interrupted()
    const target = targetOf(process.env, values.stage)
    const { compactStateMachine } = await deploymentOf(target)
    if (!compactStateMachine) {
      const message = `The stage ${target.stage} has no compaction in its stack's outputs; deploy it again with "npm run deploy".`
      throw new TickerlakeError('deployment', message)
    }
    const progress = progressOn(process.stderr)
    const tell = (seconds: number) => progress.doing(`Compacting on ${target.where}, then forecasting: ${seconds} s …`)
    await runCompaction(new SFNClient(target.clients), compactStateMachine, { signal, tell })
    progress.say('Everything that had landed is in the table bars.')
    return 0
  },
})
