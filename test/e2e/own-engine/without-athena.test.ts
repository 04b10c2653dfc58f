/** What LocalStack's free edition makes necessary, on the real broker and emulator: no Glue, no Athena, no mapping. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { RunReport } from '../../../localstack/command/report.ts'
import { localPaths } from '../../../localstack/engine/paths.ts'
import { type EngineState, readEngineState } from '../../../localstack/engine/run-state.ts'
import { type LesserEmulator, lesserEmulator } from '../../support/lesser-emulator.ts'
import { type LocalRun, placeFor, processesOf, runLocal, startLocal } from '../../support/local-command.ts'

const run = promisify(execFile)

describe('npm run local -- --engine own, on an emulator without Athena', async () => {
  const engine = await placeFor('e2e-lesser-engine')
  const app = await placeFor('e2e-lesser')
  const reportFile = join(app.dir, 'report.json')
  let engineRun: LocalRun
  let emulator: LesserEmulator
  let env: { readonly AWS_ENDPOINT_URL: string; readonly KAFKA_BROKERS: string }

  before(async () => {
    for (const { dir } of [engine, app]) rmSync(dir, { recursive: true, force: true })
    engineRun = startLocal(engine, ['--engine-only'])
    await engineRun.wrote(/AWS answers at/)
    const { endpoint, brokers } = stateOf(engine.dir)
    emulator = await lesserEmulator(endpoint)
    env = { AWS_ENDPOINT_URL: emulator.endpoint, KAFKA_BROKERS: brokers }
  })
  after(async () => {
    await runLocal(app, ['--down'])
    await emulator.close()
    engineRun.signal('SIGINT')
    await engineRun.ended
    assert.deepEqual(processesOf(engine), [])
  })

  test('replays, lands, compacts and forecasts the same; DuckDB is asked over the files', async () => {
    await runLocal(app, ['--engine', 'own', '--once', '--keep', '--report', reportFile], env)

    const report: RunReport = JSON.parse(readFileSync(reportFile, 'utf8'))
    assert.deepEqual([report.ok, report.problems], [true, []])
    assert.deepEqual([report.engine, report.queriedBy, report.workgroup], ['own', 'DuckDB', undefined])
    assert.ok(report.sent > 12_000 && report.landed === report.sent && report.compacted === report.differentBars)
    assert.deepEqual(emulator.refused, ['AmazonAthena.ListWorkGroups'])
  })

  test('npm run query answers there too', async () => {
    const sql = 'SELECT count(*) AS bars, max(ts_event) AS newest FROM bars'
    const args = ['cli/query.ts', '--stage', 'local', '--format', 'csv', sql]

    const { stdout } = await run(process.execPath, args, { env: { ...process.env, ...env } })

    assert.match(stdout, /^bars,newest\r?\n12154,2013-03-01 00:00:00\.000\r?\n$/)
  })
})

function stateOf(dir: string): EngineState {
  const state = readEngineState(localPaths(dir).run)
  assert.ok(state)
  return state
}
