/**
 * `bars` in engines of Python, by the Glue catalog. They are not installed here:
 *
 *   python3 -m venv VENV && VENV/bin/pip install 'pyiceberg[glue,pyarrow]==0.12.0' pandas polars==2.1.0 pyspark==4.0.1 \
 *     duckdb==1.5.5 duckdb-extensions==1.5.5 duckdb-extension-{avro,httpfs,iceberg}==1.5.5
 *   ICEBERG_PYTHON=VENV/bin/python npm run test:trino
 *
 * Spark needs a Java 17 or 21 (JAVA_HOME), and a folder ICEBERG_JARS with iceberg-spark-runtime-4.0_2.13 and
 * iceberg-aws-bundle, both 1.10.1, from Maven Central.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { Engines } from './engines.ts'

interface Answer {
  readonly rows: number
  readonly asOf: number
  /** Symbol, rows, sum of the closes. */
  readonly month: readonly (readonly [string, number, number])[]
  /** Data files that a predicate came to; undefined where the engine does not say. */
  readonly files?: Readonly<Record<'month' | 'time' | 'all', number>>
}

const ROWS = 'SELECT count(*) FROM bars'
const MONTH = "SELECT symbol, count(*), sum(close) FROM bars WHERE month = '2012-03' GROUP BY symbol ORDER BY symbol"

/** `changed` commits once more to `bars`, outside of March 2012. */
export function pythonReaderTests(enginesOf: () => Engines, changed: () => Promise<void>): void {
  const { ICEBERG_PYTHON: python = '', ICEBERG_JARS: jars } = process.env
  const place = { python, jars }
  describe('bars in engines of Python', { skip: python ? false : 'ICEBERG_PYTHON names no Python' }, () => {
    for (const engine of ['pyiceberg', 'polars', 'duckdb', 'spark']) {
      const skip = engine === 'spark' && !jars ? 'ICEBERG_JARS names no folder' : false
      test(`${engine} has the rows of now and of then, and reads the files of a month alone`, { skip }, async () => {
        const { local, table } = enginesOf()
        const before = await table.current()
        const rowsBefore = Number((await local.run(ROWS)).rows[0]?.[0])
        await changed()

        const snapshot = String(before?.['snapshot-id'])
        const answer = await asked([engine, snapshot], { ...place, engines: enginesOf() })

        assert.equal(answer.rows, Number((await local.run(ROWS)).rows[0]?.[0]))
        assert.equal(answer.asOf, rowsBefore)
        const { rows } = await local.run(MONTH)
        assert.deepEqual(
          answer.month.map(([symbol, count, sum]) => [symbol, String(count), sum.toFixed(6)]),
          rows.map(([symbol, count, sum]) => [symbol, count, Number(sum).toFixed(6)]),
        )
        if (answer.files) {
          assert.deepEqual([answer.files.month, answer.files.time], [1, 1])
          assert.ok(answer.files.all > 100)
        }
      })
    }

    test('the Python of docs/using-the-data.md runs as it stands there', async () => {
      const { local, table, endpoint } = enginesOf()
      const snapshot = String((await table.current())?.['snapshot-id'])

      const answer = JSON.parse(await runPython('snippets.py', [endpoint, snapshot], place))

      const { rows } = await local.run(AAPL)
      assert.deepEqual(
        [...answer.aapl, answer.average.toFixed(9)],
        [...(rows[0] ?? []).slice(0, 2).map(Number), Number(rows[0]?.[2]).toFixed(9)],
      )
      assert.equal(answer.then, Number((await local.run(ROWS)).rows[0]?.[0]))
    })
  })
}

const AAPL = "SELECT count_if(month >= '2012-01'), count(*), avg(close) FROM bars WHERE symbol = 'AAPL'"

/** Where engines of Python are, as the environment says. */
export interface PythonPlace {
  readonly python: string
  /** A folder of the jars that Spark needs; undefined where there is none. */
  readonly jars: string | undefined
}

interface Asking extends PythonPlace {
  readonly engines: Engines
}

async function asked([engine = '', snapshot = '']: readonly string[], { engines, ...place }: Asking): Promise<Answer> {
  const args = [engine, engines.endpoint, engines.bucket, snapshot, jarsIn(place)]
  return JSON.parse(await runPython('readers.py', args, place))
}

/** The jars as Spark takes them. */
export function jarsIn({ jars }: PythonPlace): string {
  return jars === undefined
    ? ''
    : readdirSync(jars)
        .map((name) => join(jars, name))
        .join(',')
}

/** What a script of this folder prints. */
export async function runPython(script: string, args: readonly string[], { python }: PythonPlace): Promise<string> {
  // Spark's Glue client takes its credentials from the environment alone.
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
  const { stdout } = await promisify(execFile)(python, [join(import.meta.dirname, script), ...args], { env })
  return stdout
}
