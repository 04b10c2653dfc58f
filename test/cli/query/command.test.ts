/** The command as a process, over a lake that is deployed and of which nothing is read: it computes alone. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { DEPLOYED_STACK } from '../../support/deployed-stack.ts'
import { until } from '../../support/until.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickerlake-query-'))
const server = createServer(async (request, response) => {
  await text(request)
  response.writeHead(200, { 'content-type': 'text/xml' }).end(DEPLOYED_STACK)
})

before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
after(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

function started(args: readonly string[], local = folder): ChildProcess {
  const { port } = server.address() as AddressInfo
  const env = {
    PATH: process.env['PATH'],
    TICKERLAKE_LOCAL_DIR: local,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
  }
  return spawn(process.execPath, ['cli/query.ts', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function ran(...args: readonly string[]) {
  const child = started(args)
  const code = new Promise((resolve) => child.once('exit', resolve))
  const read = (stream: unknown): Promise<string> => text(stream as NodeJS.ReadStream)
  const [out, told] = await Promise.all([read(child.stdout), read(child.stderr)])
  return { out, told, code: await code }
}

function fileOf(sql: string): string {
  const file = join(folder, 'report.sql')
  writeFileSync(file, sql)
  return file
}

describe('npm run query', () => {
  test('runs the statement of a file, and says below who answered', async () => {
    const { out, told, code } = await ran('--file', fileOf("-- A report.\nVALUES (1, 'a');\n"), '--format', 'csv')

    assert.equal(out, '_col0,_col1\n1,a\n')
    assert.match(told, /^1 row, 0 bytes of files, \d+ ms, DuckDB, http:/)
    assert.equal(code, 0)
  })

  test('defuses formulas of a CSV with --safe-csv alone', async () => {
    const sql = "VALUES '=1+1', 'a'"

    assert.equal((await ran('--format', 'csv', sql)).out, '_col0\n=1+1\na\n')
    assert.equal((await ran('--format', 'csv', '--safe-csv', sql)).out, "_col0\n'=1+1\na\n")
  })

  test('gives each cell a line with --expanded', async () => {
    const { out } = await ran('--expanded', "SELECT 1 AS one, 'b' AS two")

    assert.match(out, /one\s*\|?\s*1\n.*two\s*\|?\s*b/)
  })

  test('refuses two statements of two places, and a file that is not there', async () => {
    const both = await ran('--file', fileOf('VALUES 1'), 'VALUES 2')
    const none = await ran('--file', join(folder, 'none.sql'))

    assert.match(both.told, /one SQL statement, in quotes, or --name, or --file; got 1 arguments and --file/)
    assert.match(none.told, /none\.sql/)
    assert.notEqual(both.code, 0)
    assert.notEqual(none.code, 0)
  })

  test('ends by Ctrl-C while the query runs', async () => {
    const ten = '(VALUES 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)'
    const slow = join(folder, 'slow')
    const relations = Array.from({ length: 14 }, (_, i) => `${ten} AS t${i}`)
    const child = started([`SELECT count(*) FROM ${relations.join(', ')}`], slow)
    const code = new Promise((resolve) => child.once('exit', resolve))
    // Its translation is kept just before DuckDB is asked.
    await until('the translation', () => existsSync(join(slow, 'tmp/lake/a-lake/views/statements')))
    child.kill('SIGINT')

    assert.equal(await code, 130)
  })
})
