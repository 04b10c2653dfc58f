import { setTimeout as delay } from 'node:timers/promises'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { runCommand } from '../command/command.ts'
import { oneOf } from '../command/option-values.ts'
import { printable } from '../command/text-table.ts'
import { UsageError } from '../lake/errors.ts'
import { instantText } from '../lake/instant.ts'
import { targetOf } from './lake/target.ts'
import { FUNCTIONS, functionOf, logGroupOf, newEvents } from './logs/function-logs.ts'

const HELP = `
Prints what a deployed function has logged, oldest first: on the laptop and on
AWS alike (CloudWatch Logs).

  npm run logs -- consumer
  npm run logs -- producer --since 3h
  npm run -s logs -- consumer --follow | grep ERROR

The functions: ${FUNCTIONS.join(', ')}.

Options
  --since TIME   how far back: 30m, 3h, 2d (default: 1h)
  --follow       go on with what is logged from now on, until Ctrl-C
  --stage NAME   the deployed stage (default: the local engine if one runs,
                 else dev)
`

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const POLL_MS = 2_000

await runCommand({
  help: HELP,
  words: true,
  options: {
    since: { type: 'string', default: '1h' },
    follow: { type: 'boolean', default: false },
    stage: { type: 'string' },
  },
  async run({ values, positionals }, interrupted) {
    const name = oneOf(FUNCTIONS, 'logs', positionals.join(' '))
    const since = Date.now() - durationOf(values.since)
    const target = targetOf(process.env, values.stage)
    const functionName = await functionOf(name, target.stage, new CloudFormationClient(target.clients))
    const logs = new CloudWatchLogsClient(target.clients)
    const group = await logGroupOf(functionName, new LambdaClient(target.clients))
    const events = newEvents(logs, { group, since })
    const signal = values.follow ? interrupted() : undefined
    let count = 0
    do {
      for await (const { timestamp, message } of events()) {
        count++
        process.stdout.write(`${instantText(timestamp)}  ${printable(message.trimEnd())}\n`)
      }
      if (signal) await delay(POLL_MS, undefined, { signal }).catch(() => undefined)
    } while (signal && !signal.aborted)
    if (count === 0)
      process.stderr.write(`${functionName} has logged nothing since ${instantText(since)} at ${target.where}.\n`)
    return 0
  },
})

function durationOf(text: string): number {
  const [, number, unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? []
  if (number === undefined) throw new UsageError(`--since takes a time like 30m, 3h or 2d; got "${text}".`)
  return Number(number) * (UNITS[unit] ?? 0)
}
