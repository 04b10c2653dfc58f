import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { matchesGlob, resolve } from 'node:path'
import { run } from 'node:test'
import type { TestEvent } from 'node:test/reporters'
import { EXIT_INTERRUPTED, runCommand } from '../command/command.ts'
import { numberIn, oneOf } from '../command/option-values.ts'
import { UsageError } from '../lake/errors.ts'
import { reportTogether } from './runner/report.ts'

const HELP = `
Runs the tests, all of a kind or the files that are named.

  npm test             all of them
  npm run test:fast    what needs Node alone
  npm run test:e2e     what needs a Kafka broker and an AWS emulator: starts them, and ends them
  npm run test:e2e -- test/e2e/producer.test.ts

Files that do not disturb each other run beside each other; a file's output comes when it has ended, and what failed
once more at the end.

Options
  --seed N    what properties and the fuzz draw (default 1, so that every run draws the same)

Exit code: 0 all passed, 1 some did not, 2 misuse, 130 interrupted.
`

/** Files that are run so many at a time; lanes run beside each other. */
interface Lane {
  readonly files: string
  readonly atOnce: number
  /**
   * On the engine that test/e2e/setup.ts starts. Its files wait for that start, and for each other, and one is the longest
   * of all: the others let them go first, and fill what is left of the processors.
   */
  readonly isShared?: true
}

interface ListedLane extends Omit<Lane, 'files'> {
  readonly files: readonly string[]
}

const FAST: Lane = { files: 'test/!(e2e|localstack-emulator|trino)/**/*.test.ts', atOnce: availableParallelism() }
/** End-to-end tests wait for engines more than they compute. */
const E2E: readonly Lane[] = [
  { files: 'test/e2e/*.test.ts', atOnce: 2, isShared: true },
  // What looks at the lake of the sample wants nobody else to write into it.
  { files: 'test/e2e/sample-lake/*.test.ts', atOnce: 1, isShared: true },
  { files: 'test/e2e/own-engine/*.test.ts', atOnce: 2 },
]
const LANES: Readonly<Record<string, readonly Lane[]>> = {
  fast: [FAST],
  e2e: E2E,
  all: [FAST, ...E2E],
}

/** kafkajs 2.2.4 sets timers in the past, of which Node 24 would warn. */
const FLAGS = ['--disable-warning=TimeoutNegativeWarning', '--import', import.meta.resolve('./runner/same-draws.ts')]
const BEHIND = ['--import', import.meta.resolve('./runner/behind.ts')]
/** The tests are some three hundred processes, which load the same modules. */
const ENV: NodeJS.ProcessEnv = { ...process.env, NODE_COMPILE_CACHE: resolve('node_modules/.cache/compiled') }

await runCommand({
  help: HELP,
  options: { seed: { type: 'string', default: '1' } },
  words: true,
  async run({ values, positionals: [kind = '', ...files] }, interrupted) {
    ENV['TICKERLAKE_TEST_SEED'] = String(numberIn({ option: '--seed', min: 0, max: 2 ** 31 - 1 }, values.seed))
    const lanes = lanesOf(LANES[oneOf(Object.keys(LANES), 'The kind of tests', kind)] ?? [], files)
    const signal = interrupted()
    const engine = lanes.some(({ isShared }) => isShared) ? await import('./e2e/setup.ts') : undefined
    const ready = engine?.globalSetup()
    try {
      const runs = lanes.map((lane) => {
        if (lane.isShared) return eventsOf(lane, { ready, execArgv: FLAGS }, signal)
        return eventsOf(lane, { execArgv: engine ? [...FLAGS, ...BEHIND] : FLAGS }, signal)
      })
      const isSuccess = await reportTogether(runs, process.stdout)
      if (signal.aborted) return EXIT_INTERRUPTED
      return isSuccess ? 0 : 1
    } finally {
      await engine?.globalTeardown()
    }
  },
})

/** The lanes that have anything to do, each with its own files. */
function lanesOf(lanes: readonly Lane[], wanted: readonly string[]): readonly ListedLane[] {
  const stray = wanted.find((file) => !lanes.some((lane) => matchesGlob(file, lane.files)))
  if (stray !== undefined) {
    const places = lanes.map((lane) => lane.files).join(' or ')
    throw new UsageError(`These tests are files like ${places}; got ${stray}.`)
  }
  return lanes
    .map(({ files, ...lane }) => {
      const own = wanted.length > 0 ? wanted.filter((file) => matchesGlob(file, files)) : globSync(files).sort()
      return { ...lane, files: own.map((file) => resolve(file)) }
    })
    .filter(({ files }) => files.length > 0)
}

interface Ground {
  /** What the files need is there then. @default - they need nothing */
  readonly ready?: Promise<void> | undefined
  readonly execArgv: string[]
}

/** What a lane's files tell. */
async function* eventsOf(
  { files, atOnce }: ListedLane,
  { ready, execArgv }: Ground,
  signal: AbortSignal,
): AsyncGenerator<TestEvent> {
  await ready
  yield* run({ files: [...files], concurrency: atOnce, execArgv, env: ENV, signal })
}
