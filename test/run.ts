import { spawn } from 'node:child_process'
import { createReadStream, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, matchesGlob, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { runCommand } from '../command/command.ts'
import { oneOf } from '../command/option-values.ts'
import { UsageError } from '../lake/errors.ts'

const HELP = `
Runs the tests, all of a kind or the files that are named.

  npm run test:fast    what needs Node alone
  npm run test:e2e     what needs a Kafka broker and an AWS emulator: starts them, and ends them
  npm run test:e2e -- test/e2e/producer.test.ts

End-to-end tests share one engine, file after file. Beside them run those that start an engine of their own
(test/e2e/own-engine); their output comes when all have ended.

Exit code: 0 all passed, 1 some did not, 2 misuse.
`

/** What one process of the test runner runs; lanes run beside each other. */
interface Lane {
  readonly files: string
  readonly flags: readonly string[]
}

const ONE_BY_ONE = '--test-concurrency=1'
const LANES: Readonly<Record<string, readonly Lane[]>> = {
  fast: [{ files: 'test/!(e2e|localstack-emulator|trino)/**/*.test.ts', flags: [] }],
  e2e: [
    { files: 'test/e2e/*.test.ts', flags: [ONE_BY_ONE, '--test-global-setup=test/e2e/setup.ts'] },
    { files: 'test/e2e/own-engine/*.test.ts', flags: [ONE_BY_ONE] },
  ],
}

/** kafkajs 2.2.4 sets timers in the past, of which Node 24 would warn. */
const FLAGS = ['--disable-warning=TimeoutNegativeWarning', '--test', '--test-reporter=spec']
/** The tests are some three hundred processes, which load the same modules. */
const ENV = { ...process.env, NODE_COMPILE_CACHE: resolve('node_modules/.cache/compiled') }

await runCommand({
  help: HELP,
  options: {},
  words: true,
  async run({ positionals: [kind = '', ...files] }, interrupted) {
    const signal = interrupted()
    const wanted = lanesOf(LANES[oneOf(Object.keys(LANES), 'The kind of tests', kind)] ?? [], files)
    const scratch = mkdtempSync(join(tmpdir(), 'tests-'))
    try {
      // The first lane is seen as it goes, the others when they have ended.
      const logs = wanted.map((_, lane) => (lane === 0 ? undefined : join(scratch, `${lane}.log`)))
      const codes = await Promise.all(wanted.map((args, lane) => testing(args, logs[lane], signal)))
      for (const log of logs) if (log) await pipeline(createReadStream(log), process.stdout, { end: false })
      return Math.max(...codes)
    } finally {
      rmSync(scratch, { recursive: true })
    }
  },
})

/** The arguments of each lane that has anything to do. */
function lanesOf(lanes: readonly Lane[], files: readonly string[]): readonly (readonly string[])[] {
  if (files.length === 0) return lanes.map((lane) => [...lane.flags, lane.files])
  const stray = files.find((file) => !lanes.some((lane) => matchesGlob(file, lane.files)))
  if (stray !== undefined) {
    const places = lanes.map((lane) => lane.files).join(' or ')
    throw new UsageError(`These tests are files like ${places}; got ${stray}.`)
  }
  return lanes.flatMap((lane) => {
    const own = files.filter((file) => matchesGlob(file, lane.files))
    return own.length > 0 ? [[...lane.flags, ...own]] : []
  })
}

/** Resolves with the exit code. Without a log its output is shown. */
function testing(args: readonly string[], log: string | undefined, signal: AbortSignal): Promise<number> {
  const output = log === undefined ? 'inherit' : openSync(log, 'w')
  const child = spawn(process.execPath, [...FLAGS, ...args], { env: ENV, stdio: ['ignore', output, output] })
  signal.addEventListener('abort', () => child.kill())
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)))
}
