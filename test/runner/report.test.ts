import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import type { TestEvent } from 'node:test/reporters'
import { setImmediate as turn } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { type Events, reportTogether } from './report.ts'

type Outcome = 'pass' | 'fail'

const NONE = { cancelled: 0, passed: 0, skipped: 0, suites: 0, tests: 0, todo: 0, topLevel: 0 }

/** What node:test tells of a file whose tests end so, each a while after the one before. */
async function* fileOf(file: string, outcomes: readonly Outcome[]): Events {
  for (const [i, outcome] of outcomes.entries()) {
    await turn()
    const about = {
      name: `${file} ${i} ${outcome}`,
      nesting: 0,
      testNumber: i + 1,
      testId: i + 1,
      parentId: 0,
      tags: [],
      file,
    }
    yield { type: 'test:start', data: about }
    await turn()
    const details = { duration_ms: 1, type: 'test' as const }
    if (outcome === 'pass') yield { type: 'test:pass', data: { ...about, details } }
    else yield { type: 'test:fail', data: { ...about, details: { ...details, error: failure(`${about.name} broke`) } } }
  }
  yield summaryOf(outcomes, file)
}

function failure(message: string) {
  return Object.assign(new Error(message), { cause: new Error(message) })
}

function summaryOf(outcomes: readonly Outcome[], file: string | undefined): TestEvent {
  const passed = outcomes.filter((outcome) => outcome === 'pass').length
  const counts = { ...NONE, tests: outcomes.length, topLevel: outcomes.length, passed }
  return {
    type: 'test:summary',
    data: { counts, duration_ms: outcomes.length, file, success: passed === outcomes.length },
  }
}

/** A run of several files, which ends with a total of its own. */
async function* runOf(files: Readonly<Record<string, readonly Outcome[]>>): Events {
  for (const [file, outcomes] of Object.entries(files)) yield* fileOf(file, outcomes)
  const all = Object.values(files).flat()
  yield { type: 'test:diagnostic', data: { message: `tests ${all.length}`, nesting: 0, level: 'info' } }
  yield summaryOf(all, undefined)
}

/** A file that is not run any more after Ctrl-C. */
async function* abortedOf(file: string): Events {
  const about = { name: file, nesting: 0, testNumber: 1, testId: 1, parentId: 0, tags: [], file }
  yield { type: 'test:start', data: about }
  const error = Object.assign(failure('This operation was aborted'), { failureType: 'testAborted' })
  yield { type: 'test:fail', data: { ...about, details: { duration_ms: 1, error } } }
}

/** A run that ends before its time. */
async function* brokenOf(file: string, outcomes: readonly Outcome[]): Events {
  yield* fileOf(file, outcomes)
  throw new Error('the engine did not start')
}

/** What is written, without colours. */
async function shownOf(report: (out: PassThrough) => Promise<unknown>): Promise<string> {
  const out = new PassThrough()
  const written = text(out)
  await report(out)
  out.end()
  return stripVTControlCharacters(await written)
}

describe('the report of runs beside each other', () => {
  test('shows one file whole before it shows another, of whatever run', async () => {
    const runs = [
      runOf({ a: ['pass', 'pass', 'pass'], b: ['pass', 'pass'] }),
      runOf({ c: ['pass', 'pass'], d: ['pass', 'pass', 'pass', 'pass'] }),
    ]

    const shown = await shownOf((out) => reportTogether(runs, out))

    const files = [...shown.matchAll(/^✔ (\w) /gm)].map(([, file]) => file).join('')
    for (const whole of ['aaa', 'bb', 'cc', 'dddd']) assert.ok(files.includes(whole), files)
    assert.equal(files.length, 11)
  })

  test('counts the tests of all runs in one total', async () => {
    const runs = [runOf({ a: ['pass', 'fail'] }), runOf({ b: ['pass', 'pass', 'fail'] })]

    const shown = await shownOf((out) => reportTogether(runs, out))

    const totals = [...shown.matchAll(/^ℹ (tests|pass|fail) (\d+)$/gm)].map(([line]) => line)
    assert.deepEqual(totals, ['ℹ tests 5', 'ℹ pass 3', 'ℹ fail 2'])
  })

  test('says once more at the end what has failed, of every run, and is not content', async () => {
    let isSuccess = true
    const runs = [runOf({ a: ['fail', 'pass'] }), runOf({ b: ['pass', 'fail'] })]

    const shown = await shownOf(async (out) => {
      isSuccess = await reportTogether(runs, out)
    })

    const [, end = ''] = shown.split('✖ failing tests:')
    assert.match(end, /a 0 fail broke/)
    assert.match(end, /b 1 fail broke/)
    assert.equal(isSuccess, false)
  })

  test('is content where all have passed', async () => {
    assert.equal(
      await reportTogether([runOf({ a: ['pass'] }), runOf({ b: ['pass'] })], new PassThrough().resume()),
      true,
    )
  })

  test('names the files that took longest', async () => {
    const shown = await shownOf((out) => reportTogether([runOf({ short: ['pass'], long: ['pass', 'pass'] })], out))

    assert.match(shown, /^ℹ longest: 0\.0 s long\nℹ longest: 0\.0 s short$/m)
  })

  test('where a run breaks off, shows all of the others, and then throws what broke it', async () => {
    const runs = [brokenOf('a', ['pass']), runOf({ b: ['pass', 'fail'], c: ['pass'] })]

    const shown = await shownOf((out) => assert.rejects(reportTogether(runs, out), /the engine did not start/))

    assert.match(shown, /^✔ a 0 pass/m)
    assert.match(shown, /^✔ c 0 pass/m)
    assert.match(shown, /failing tests:[\s\S]+b 1 fail broke/)
  })

  test('after Ctrl-C does not call the files failed that were not run', async () => {
    async function* interrupted(): Events {
      yield* fileOf('a', ['pass', 'fail'])
      yield* abortedOf('b')
      yield summaryOf(['pass', 'fail'], undefined)
    }

    const shown = await shownOf((out) => reportTogether([interrupted()], out))

    assert.doesNotMatch(shown, /aborted|✖ b/)
    assert.match(shown, /failing tests:[\s\S]+a 1 fail broke/)
  })
})
