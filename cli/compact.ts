import { SFNClient } from '@aws-sdk/client-sfn'
import { runCommand } from '../command/command.ts'
import { progressOn } from '../command/progress.ts'
import { runCompaction } from '../lake/compaction/start-compaction.ts'
import { TickerlakeError } from '../lake/errors.ts'
import { targetToChange } from './lake/lake-to-change.ts'

const HELP = `
Brings what has landed into the table bars now, without waiting for the schedule, and returns when it is done.

  npm run compact

Runs may overlap: two give the same table as one. To merge all that stands in landing again, delete what lies below
compaction/marks/ in the lake's bucket and run this.

A run ends as failed, after everything else is compacted, while a ledger calls offsets landed that are in no file.

Options
  --stage NAME       the stage on AWS (default: the local engine, if one runs)
  --accept-missing   let what is missing now stay missing: later runs do not speak of it again
`

await runCommand({
  help: HELP,
  options: { stage: { type: 'string' }, 'accept-missing': { type: 'boolean' } },
  async run({ values }, interrupted) {
    const signal = interrupted()
    const progress = progressOn(process.stderr)
    const { target, deployment } = await targetToChange(process.env, values.stage)
    const { compactStateMachine } = deployment
    if (!compactStateMachine) {
      const message = `The stage ${target.stage} has no compaction in its stack's outputs; deploy it again with "npm run deploy".`
      throw new TickerlakeError('deployment', message)
    }
    const tell = (seconds: number) => progress.doing(`Compacting on ${target.where}, then forecasting: ${seconds} s …`)
    await runCompaction(new SFNClient(target.clients), compactStateMachine, {
      signal,
      tell,
      acceptMissing: values['accept-missing'] === true,
    })
    progress.say('Everything that had landed is in the table bars.')
    return 0
  },
})
