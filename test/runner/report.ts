/** One report of several runs of node:test beside each other: file by file, and what failed once more at the end. */
import { relative } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { EventData } from 'node:test'
import { spec, type TestEvent } from 'node:test/reporters'

/** As many as name what is worth being made faster. */
const LONGEST = 8

/** What a run of the test runner tells. */
export type Events = AsyncIterable<TestEvent>

/** Shows what the runs tell until all have ended; tells whether every test has passed. */
export async function reportTogether(runs: readonly Events[], out: Writable): Promise<boolean> {
  const started = performance.now()
  const report = new spec()
  const shown = pipeline(report, out, { end: false })
  const files: EventData.TestSummary[] = []
  const outcomes = await Promise.allSettled(runs.map((run) => showFileByFile(run, { report, files })))
  const ends = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : undefined))
  const isSuccess = ends.every((end) => end?.success === true)
  const lines = [...longestOf(files), ...totalsOf(ends.filter((end) => end !== undefined))]
  for (const message of [...lines, `duration_ms ${performance.now() - started}`]) report.write(diagnosticOf(message))
  const end = ends.find((each) => each !== undefined)
  // Of a summary the reporter takes the word that all has ended, and shows what failed.
  if (end) report.write({ type: 'test:summary', data: end } satisfies TestEvent)
  report.end()
  await shown
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  return isSuccess
}

interface Shown {
  readonly report: Writable
  /** How each file has ended. */
  readonly files: EventData.TestSummary[]
}

/** Hands a file's events on when it has ended, so that those of another run do not come between; gives the run's end. */
async function showFileByFile(run: Events, { report, files }: Shown): Promise<EventData.TestSummary | undefined> {
  const waiting: TestEvent[] = []
  const show = () => {
    for (const event of waiting.splice(0)) report.write(event)
  }
  try {
    for await (const event of run) {
      if (event.type === 'test:summary') {
        show()
        if (event.data.file === undefined) return event.data
        files.push(event.data)
      } else if (isAborted(event)) waiting.pop()
      else if (!isTotal(event)) waiting.push(event)
    }
    return undefined
  } finally {
    show()
  }
}

/** A line of the run's own total, which is a part of the whole. */
function isTotal(event: TestEvent): boolean {
  return event.type === 'test:diagnostic' && event.data.file === undefined
}

/** A file that was not run to its end after Ctrl-C, of which nothing but its start was told: no test has failed. */
function isAborted(event: TestEvent): boolean {
  if (event.type !== 'test:fail' || event.data.nesting > 0) return false
  const { error } = event.data.details
  return 'failureType' in error && error.failureType === 'testAborted'
}

function longestOf(files: readonly EventData.TestSummary[]): readonly string[] {
  const longest = files.toSorted((one, other) => other.duration_ms - one.duration_ms).slice(0, LONGEST)
  return longest.map(
    ({ file = '', duration_ms }) => `longest: ${(duration_ms / 1000).toFixed(1)} s ${relative('', file)}`,
  )
}

/** What node:test says at the end of one run, of all of them. */
function totalsOf(ends: readonly EventData.TestSummary[]): readonly string[] {
  const sum = (name: keyof EventData.TestSummary['counts']) => ends.reduce((all, { counts }) => all + counts[name], 0)
  const [tests, pass, cancelled] = [sum('tests'), sum('passed'), sum('cancelled')]
  const [skipped, todo] = [sum('skipped'), sum('todo')]
  const fail = tests - pass - cancelled - skipped - todo
  const counts = { tests, suites: sum('suites'), pass, fail, cancelled, skipped, todo }
  return Object.entries(counts).map(([name, count]) => `${name} ${count}`)
}

function diagnosticOf(message: string): TestEvent {
  return { type: 'test:diagnostic', data: { message, nesting: 0, level: 'info' } }
}
