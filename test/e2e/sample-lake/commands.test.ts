/** The commands of bars, as a person types them, on the shared engine. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { runQuery } from '../../../cli/query/run-query.ts'
import { readSavedQueries } from '../../../lake/queries/saved-query-files.ts'
import { sharedEngine } from '../../support/engine.ts'

const run = promisify(execFile)

describe('on the local engine', async () => {
  const { state, deployment } = await sharedEngine()
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: state.endpoint,
    AWS_REGION: state.region,
    TICKERLAKE_STAGE: state.stage,
  }

  async function command(name: string, ...args: string[]): Promise<string> {
    const { stdout } = await run(process.execPath, [`cli/${name}.ts`, ...args], { env, maxBuffer: 64 << 20 })
    return stdout
  }

  test('query --name latest-bars answers', async () => {
    const answer = JSON.parse(await command('query', '--name', 'latest-bars', '--format', 'json'))

    assert.equal(answer.length, 5)
  })

  describe('every saved query, asked by the command in this process,', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tickerlake-answers-'))
    after(() => rmSync(folder, { recursive: true }))
    const asked = { list: false, param: [], expanded: false, 'safe-csv': false, 'allow-ddl': false }
    for (const { name } of readSavedQueries()) {
      test(`query --name ${name} --out answers`, async () => {
        const out = join(folder, `${name}.json`)
        const values = { ...asked, name, out }

        const code = await runQuery({ values, positionals: [], env }, () => new AbortController().signal)

        assert.equal(code, 0)
        assert.ok(Array.isArray(JSON.parse(readFileSync(out, 'utf8'))))
      })
    }
  })

  test('export gets a whole series out, oldest first', async () => {
    const lines = (await command('export', '--symbol', 'AAPL')).trimEnd().split('\n')

    assert.equal(lines.length, 3270 + 1)
    assert.match(lines[1] ?? '', /^AAPL,1d,2000-03-01T/)
    assert.match(lines.at(-1) ?? '', /^AAPL,1d,2013-03-01T/)
  })

  test('lake lists the snapshot of the run; query and export read as of it, and a rollback to it changes nothing', async () => {
    const [shown] = JSON.parse(await command('lake', 'snapshots', '--format', 'json')) as {
      readonly snapshot: string
      readonly standing: string
      readonly rows: string
    }[]
    assert.equal(shown?.standing, 'current')
    const snapshot = String(shown.snapshot)

    const count = await command('query', '--as-of', snapshot, '--format', 'csv', 'SELECT count(*) AS bars FROM bars')
    const series = await command('export', '--as-of', snapshot, '--symbol', 'AAPL')
    await command('lake', 'rollback', snapshot, '--yes')

    assert.equal(count.trim().split(/\s+/)[1], String(shown.rows))
    assert.equal(series.trimEnd().split('\n').length, 3270 + 1)
    await assert.rejects(command('query', '--as-of', snapshot, 'SELECT count(*) FROM bars_live'), /reads bars_landing/)
    await assert.rejects(
      command('query', '--as-of', '2001-01-01', 'SELECT count(*) FROM bars'),
      /the oldest that is kept/,
    )
  })

  test('compact, when nothing is new, leaves the table as it is', async () => {
    const before = await command('query', '--format', 'csv', 'SELECT count(*) AS bars FROM bars')

    await command('compact')

    assert.equal(await command('query', '--format', 'csv', 'SELECT count(*) AS bars FROM bars'), before)
  })

  test('backfill sends through the deployed producer until it is done; what is uploaded already stays', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'tickerlake-backfill-'))
    t.after(() => rmSync(folder, { recursive: true }))
    for (const file of globSync('localstack/sample/*.parquet')) copyFileSync(file, join(folder, basename(file)))

    const answer = JSON.parse(await command('backfill', '--history', folder, '--symbols', 'NONE-SUCH'))

    assert.equal(answer.done, true)
    assert.equal(answer.total.sent, 0)
    assert.match(answer.runId, /^backfill-[0-9a-f]{16}$/)
  })

  test('status names what is deployed, and how the last compaction ended', async () => {
    const rows = JSON.parse(await command('status', '--format', 'json')) as { what: string; value: string }[]
    const said = Object.fromEntries(rows.map(({ what, value }) => [what, value]))

    assert.equal(said['bucket'], deployment.bucket)
    assert.match(said['last compaction'] ?? '', /^SUCCEEDED 20/)
  })

  test('logs prints what a function has logged, with its time', async () => {
    const lines = (await command('logs', 'producer', '--since', '1d')).trimEnd().split('\n')

    assert.ok(lines.length > 0)
    for (const line of lines) assert.match(line, /^20\d\d-\d\d-\d\dT[\d:.]+Z {2}/)
  })

  test('forecast makes a past day’s run by hand, where the answer says that there is none', async () => {
    await assert.rejects(command('forecast', '--symbol', 'AAPL', '--as-of', '2012-06-29'), /--run --as-of 2012-06-29/)

    await command('forecast', '--run', '--as-of', '2012-06-29')

    assert.match(await command('forecast', '--symbol', 'AAPL', '--as-of', '2012-06-29'), /AAPL/)
  })
})
