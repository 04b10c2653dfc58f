import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { S3Client } from '@aws-sdk/client-s3'
import { S3ObjectStore } from '../../../lake/store/s3-object-store.ts'
import { localClientConfig } from '../../../localstack/aws/local-aws.ts'
import type { RunReport } from '../../../localstack/command/report.ts'
import { localPaths } from '../../../localstack/engine/paths.ts'
import { readEngineState } from '../../../localstack/engine/run-state.ts'
import { writeHistoryFolder } from '../../support/history-folder.ts'
import { lakeEngine } from '../../support/lake-engine.ts'
import { clearPlaceFor, processesOf, runLocal } from '../../support/local-command.ts'

describe('npm run local -- --once --history DIR', async () => {
  // Homes have such names, and Java reads them in ways of its own.
  const { place, folder } = await clearPlaceFor("e2e-history, für x's")
  const report = (): RunReport => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
  const once = (history: string) =>
    runLocal(place, ['--once', '--keep', '--history', join(folder, history), '--report', join(folder, 'report.json')])

  test('lands thirty symbols times ten years of a stranger’s CSV files, broken rows with their reason', async () => {
    const written = writeHistoryFolder(join(folder, 'large'), { symbols: 30, days: 2_520 })

    const output = await once('large')

    const { sent, landed, markers, rejected, rejectedByReason, differentBars, compacted } = report()
    assert.equal(sent - markers, written.rows)
    assert.equal(landed, sent)
    assert.deepEqual(rejectedByReason, written.broken)
    assert.equal(rejected, 5)
    assert.match(output, /All is well: sent 75,6\d\d = landed 75,6\d\d,/)
    assert.equal(differentBars, written.rows - 5)
    assert.equal(compacted, differentBars)
  })

  test('after a power failure goes on with what it had, without loss and without doubles', async () => {
    const before = report().landed
    for (const { pid } of readEngineState(localPaths(place.dir).run)?.processes ?? []) process.kill(-pid, 'SIGKILL')
    const written = writeHistoryFolder(join(folder, 'small'), { symbols: 2, days: 3 })

    await once('small')

    const { rows } = await ask(
      report(),
      `SELECT count(*), count(DISTINCT concat(cast(kafka_partition AS varchar), '/', cast(kafka_offset AS varchar)))
       FROM bars_landing`,
    )
    const all = String(before + written.rows + 1)
    assert.deepEqual(rows, [[all, all]])
  })

  test('ends broker, AWS and their functions when it is told to', async () => {
    await runLocal(place, ['--down'])

    assert.deepEqual(processesOf(place), [])
  })
})

function ask({ endpoint, bucket }: RunReport, sql: string) {
  const s3 = new S3Client({ ...localClientConfig(endpoint), forcePathStyle: true })
  return lakeEngine(new S3ObjectStore(s3, bucket)).run(sql)
}
