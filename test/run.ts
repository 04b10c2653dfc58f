/**
 * Runs the tests: `node test/run.ts fast` those that need Node alone, `node test/run.ts e2e` those on a real broker and an
 * AWS emulator; with FILE… behind it, only those files.
 */
import { spawn } from 'node:child_process'
import { createReadStream, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, matchesGlob, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Files that are run by one process of the test runner; lanes run beside each other. */
interface Lane {
  readonly files: string
  readonly flags: readonly string[]
}

const ONE_BY_ONE = '--test-concurrency=1'
const LANES: ReadonlyMap<string | undefined, readonly Lane[]> = new Map([
  ['fast', [{ files: 'test/!(e2e|localstack-emulator|trino)/**/*.test.ts', flags: [] }]],
  [
    'e2e',
    [
      { files: 'test/e2e/*.test.ts', flags: [ONE_BY_ONE, '--test-global-setup=test/e2e/setup.ts'] },
      { files: 'test/e2e/own-engine/*.test.ts', flags: [ONE_BY_ONE] },
    ],
  ],
])

/** kafkajs 2.2.4 sets timers in the past, of which Node 24 would warn. */
const FLAGS = ['--disable-warning=TimeoutNegativeWarning', '--test', '--test-reporter=spec']
/** The tests are some three hundred processes, which load the same modules. */
const ENV = { ...process.env, NODE_COMPILE_CACHE: resolve('node_modules/.cache/compiled') }

const [kind, ...only] = process.argv.slice(2)
const scratch = mkdtempSync(join(tmpdir(), 'tests-'))
const runs = wantedLanes().map((args, number) => ({ args, log: number === 0 ? undefined : join(scratch, `${number}`) }))
const codes = await Promise.all(
  runs.map(({ args, log }) => run(args, log === undefined ? 'inherit' : openSync(log, 'w'))),
)
for (const { log } of runs) if (log) await pipeline(createReadStream(log), process.stdout, { end: false })
rmSync(scratch, { recursive: true })
process.exitCode = Math.max(...codes)

function wantedLanes(): readonly (readonly string[])[] {
  const lanes = LANES.get(kind)
  if (!lanes) throw new RangeError(`Tests are of a kind, ${[...LANES.keys()].join(' or ')}; got ${kind}.`)
  if (only.length === 0) return lanes.map(({ files, flags }) => [...flags, files])
  const wanted = lanes
    .map(({ files, flags }) => ({ flags, files: only.filter((file) => matchesGlob(file, files)) }))
    .filter(({ files }) => files.length > 0)
  if (wanted.length === 0) throw new RangeError(`None of ${only.join(', ')} is a test of ${kind}.`)
  return wanted.map(({ flags, files }) => [...flags, ...files])
}

/** Resolves with the exit code. */
function run(args: readonly string[], output: number | 'inherit'): Promise<number> {
  const child = spawn(process.execPath, [...FLAGS, ...args], { env: ENV, stdio: ['ignore', output, output] })
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)))
}
