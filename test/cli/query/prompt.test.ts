import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, test } from 'node:test'
import { runPrompt } from '../../../cli/query/prompt.ts'
import { TickerlakeError } from '../../../lake/errors.ts'
import { SqlError } from '../../../lake/queries/athena-sql/sql-error.ts'
import type { QueryAnswer, QueryEngine } from '../../../lake/queries/query-engine.ts'
import { until } from '../../support/until.ts'

const CTRL_C = '\u0003'
const ANSWER: QueryAnswer = {
  columns: [{ name: 'x', type: 'integer' }],
  rows: [['1']],
  stats: { bytesScanned: 0, milliseconds: 3 },
}

/** A prompt whose engine notes what it is asked, and how it is seen from outside. */
function started(run: QueryEngine['run'] = async () => ANSWER, history: readonly string[] = []) {
  const input = new PassThrough()
  const output = new PassThrough()
  const asked: string[] = []
  let seen = ''
  output.on('data', (chunk) => {
    seen += String(chunk)
  })
  const engine: QueryEngine = {
    name: 'DuckDB',
    run(sql, options) {
      asked.push(sql)
      return run(sql, options)
    },
  }
  const ended = runPrompt({
    engine,
    where: 'a test',
    input,
    output,
    history,
    names: ['bars', 'bars_live'],
    terminal: true,
  })
  return {
    asked,
    ended,
    type: (text: string) => input.write(text),
    async saw(pattern: RegExp): Promise<void> {
      await until(String(pattern), () => pattern.test(seen), { everyMs: 1 })
    },
  }
}

describe('the prompt', () => {
  test('takes a statement over several lines, prints the answer and who gave it', async () => {
    const prompt = started()

    prompt.type('SELECT 1\nAS x;\n')
    await prompt.saw(/1 row, 0 bytes scanned, 3 ms, DuckDB, a test/)
    prompt.type('\\q\n')
    await prompt.ended

    assert.deepEqual(prompt.asked, ['SELECT 1\nAS x;'])
  })

  test('reads \\d as SHOW TABLES and \\d NAME as DESCRIBE', async () => {
    const prompt = started()

    prompt.type('\\d\n\\d bars\n\\q\n')
    await prompt.ended

    assert.deepEqual(prompt.asked, ['SHOW TABLES', 'DESCRIBE bars'])
  })

  test('tells what is wrong and asks on', async () => {
    const prompt = started(async () => {
      throw new TickerlakeError('query', 'Line 1, column 8: there is no column "a".')
    })

    prompt.type('SELECT a;\n')
    await prompt.saw(/Line 1, column 8: there is no column "a"\./)
    prompt.type('\\q\n')

    await prompt.ended
  })

  test('cancels by Ctrl-C the query that runs, not itself', async () => {
    let isCancelled = false
    const prompt = started(
      (_sql, { signal } = {}) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            isCancelled = true
            reject(signal.reason)
          })
        }),
    )

    prompt.type('SELECT 1;\n')
    await prompt.saw(/SELECT 1;\r?\n/)
    while (prompt.asked.length === 0) await new Promise((resolve) => setImmediate(resolve))
    prompt.type(CTRL_C)
    await prompt.saw(/The query was cancelled\./)
    prompt.type('\\q\n')
    await prompt.ended

    assert.equal(isCancelled, true)
  })

  test('forgets by Ctrl-C what was typed', async () => {
    const prompt = started()

    prompt.type('SELECT\n')
    await prompt.saw(/ {3}-> /)
    prompt.type(CTRL_C)
    prompt.type('SELECT 2;\n\\q\n')
    await prompt.ended

    assert.deepEqual(prompt.asked, ['SELECT 2;'])
  })

  test('ends a statement by a semicolon that stands in no text and before no more than a comment', async () => {
    const prompt = started()

    prompt.type("SELECT 'a;\nb'; -- all\n")
    await prompt.saw(/DuckDB, a test/)
    prompt.type('\\q\n')
    await prompt.ended

    assert.deepEqual(prompt.asked, ["SELECT 'a;\nb'; -- all"])
  })

  test('shows the place of an error in the line that was typed', async () => {
    const prompt = started(async () => {
      throw new SqlError('there is no column "a".', { line: 2, column: 3 })
    })

    prompt.type('SELECT\n  a;\n')
    await prompt.saw(/ {2}a;\r?\n {2}\^\r?\nLine 2, column 3: there is no column "a"\./)
    prompt.type('\\q\n')
    await prompt.ended
  })

  test('knows help and exit, as people type them elsewhere', async () => {
    const prompt = started()

    prompt.type('help\n')
    await prompt.saw(/Ctrl-D {2}leave/)
    prompt.type('exit;\n')
    await prompt.ended

    assert.deepEqual(prompt.asked, [])
  })

  test('forgets by Ctrl-C what stands in the line, too', async () => {
    const prompt = started()

    prompt.type('SELECT nothing')
    prompt.type(CTRL_C)
    prompt.type('SELECT 2;\n\\q\n')
    await prompt.ended

    assert.deepEqual(prompt.asked, ['SELECT 2;'])
  })

  test('remembers a text over two lines as it is', async () => {
    const prompt = started()

    prompt.type("SELECT 'a\nb';\n\\q\n")

    assert.deepEqual(await prompt.ended, ['\\q', "b';", "SELECT 'a"])
  })

  test('remembers the lines of a statement as one', async () => {
    const prompt = started(undefined, ['SELECT 0;'])

    prompt.type('SELECT 1\n  AS x;\n\\q\n')

    assert.deepEqual(await prompt.ended, ['SELECT 1 AS x;', '\\q', 'SELECT 0;'])
  })

  test('gives back what was asked, for the next time', async () => {
    const prompt = started(undefined, ['SELECT 0;'])

    prompt.type('SELECT 1;\n\\q\n')

    assert.deepEqual(await prompt.ended, ['\\q', 'SELECT 1;', 'SELECT 0;'])
  })
})
