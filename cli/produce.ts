import { runCommand } from '../command/command.ts'
import { say } from '../command/progress.ts'
import { replayPayload } from '../lake/replay/replay-payload.ts'
import { targetToChange } from './lake/lake-to-change.ts'
import { NOTHING_LANDS } from './lake/target.ts'
import { runReplay } from './produce/run-replay.ts'

const HELP = `
Replays history once, by hand, through the deployed producer, and prints its answer as JSON.
The scheduled replay stays where it is.

  npm run produce -- --speed max
  npm run produce -- --symbols AAPL,BRK-B --from 2012-01-01 --to 2012-12-31 --speed max
  npm run produce -- --limit 100 --run-id trial-1

Options
  --symbols A,B     only these symbols (default: all)
  --from, --to      only bars of this period, both ends included: 2013-03-01, or 2013-03-01T14:30:00Z
  --speed N|max     times the pace of a session every 5 s, or as fast as the broker takes it
                    (default: as deployed, usually 1: a year of daily bars takes 21 minutes)
  --limit N         at most so many bars
  --run-id NAME     the run's name; the same name with the same options goes on with a run that was cut short
  --stage NAME      the stage on AWS (default: the local engine, if one runs)
`

await runCommand({
  help: HELP,
  options: {
    symbols: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    speed: { type: 'string' },
    limit: { type: 'string' },
    'run-id': { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values }, interrupted) {
    const signal = interrupted()
    const payload = replayPayload(values, `manual-${new Date().toISOString()}`)
    const { target, deployment } = await targetToChange(process.env, values.stage)
    say(`Run ${payload.runId} …`)
    signal.addEventListener('abort', () => say(`Left off. To go on: the same options with --run-id ${payload.runId}`))
    const answer = await runReplay({ functionName: deployment.producerFunction, payload, signal }, target)
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)
    if (target.lands === false) say(NOTHING_LANDS)
    if (answer.total.sent === 0) say('Nothing was sent: no bar of the history is of these symbols and dates.')
    return 0
  },
})
