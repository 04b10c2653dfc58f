import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { MappingStatus } from 'lambda-kafka-local'
import { runCommand } from '../command/command.ts'
import { numberIn } from '../command/option-values.ts'
import type { MappingNow } from '../dashboard/api.ts'
import { startDashboard } from '../dashboard/server/dashboard.ts'
import { dashboardLakeOf, mappingNowOf } from './dashboard/dashboard-lake.ts'
import { targetOf } from './lake/target.ts'

const HELP = `
Shows the lake in a browser: the stream, the market, its variety, its quality, the forecasts, and SQL.

  npm run dashboard
  npm run dashboard -- --stage prod --open

It answers on this machine alone, reads with your own credentials, and writes nothing. Ctrl-C ends it.

Options
  --port N        the port (default: 4580, or the next free one)
  --open          open it in the browser
  --stage NAME    the deployed stage (default: the local engine if one runs, else dev)

It shows AWS_ENDPOINT_URL's lake where that is set, else the local engine's if one runs, else AWS.
`

const PORT = 4580
/** So many ports from the default on are tried; a port that was asked for is the only one. */
const TRIES = 50

await runCommand({
  help: HELP,
  options: {
    port: { type: 'string' },
    open: { type: 'boolean', default: false },
    stage: { type: 'string' },
  },
  async run({ values }, interrupted) {
    const port =
      values.port === undefined ? undefined : numberIn({ option: '--port', min: 0, max: 65_535 }, values.port)
    const signal = interrupted()
    const { lake, close } = await dashboardLakeOf(targetOf(process.env, values.stage), mappingTold())
    const dashboard = await startDashboard({
      lake,
      port: port ?? PORT,
      tries: port === undefined ? TRIES : 1,
      token: randomBytes(24).toString('base64url'),
      now: Date.now,
      onDefect: (error) => process.stderr.write(`${error instanceof Error ? error.stack : error}\n`),
    })
    process.stdout.write(`The dashboard of ${lake.where}, stage ${lake.stage}: ${dashboard.address}\n`)
    if (values.open) openInBrowser(dashboard.address)
    await ending(signal)
    if (process.connected) process.disconnect()
    await dashboard.close()
    await close()
    return 0
  },
})

/** What `npm run local` says of its mapping, where that has started this process. */
function mappingTold(): () => MappingNow | undefined {
  let newest: MappingNow | undefined
  process.on('message', (status: MappingStatus) => {
    newest = mappingNowOf(status)
  })
  return () => newest
}

/** By Ctrl-C; or with the process that started it, however that ended. */
function ending(signal: AbortSignal): Promise<void> {
  return new Promise((ended) => {
    process.once('disconnect', ended)
    if (signal.aborted) ended()
    else signal.addEventListener('abort', () => ended(), { once: true })
  })
}

/** By the system's own opener; where there is none, the address stands on the terminal. */
function openInBrowser(address: string): void {
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform as string] ?? [
    'xdg-open',
  ]
  const opener = spawn(command as string, [...args, address], { stdio: 'ignore', detached: true })
  opener.on('error', () => process.stderr.write(`No browser could be opened; the address is ${address}\n`))
  opener.unref()
}
