import { SFNClient } from '@aws-sdk/client-sfn'
import { runCommand } from '../command/command.ts'
import { TickerlakeError } from '../lambdas/core/errors.ts'
import { curateNow } from '../localstack/aws/curate.ts'
import { progressOn } from '../localstack/progress.ts'
import { deploymentOf, targetOf } from './parts/target.ts'

const HELP = `
Brings what has landed into the clean table now, without waiting for the schedule, and returns when it is done.

  npm run curate

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
    const { curateStateMachine } = await deploymentOf(target)
    if (!curateStateMachine) {
      const message = `The stage ${target.stage} has no curation in its stack's outputs; deploy it again with "npm run deploy".`
      throw new TickerlakeError('deployment', message)
    }
    const progress = progressOn(process.stderr)
    const tell = (seconds: number) => progress.doing(`Curating on ${target.where}, then forecasting: ${seconds} s …`)
    await curateNow(new SFNClient(target.clients), curateStateMachine, { signal, tell })
    progress.say('Everything that had landed is in the table bars.')
    return 0
  },
})
