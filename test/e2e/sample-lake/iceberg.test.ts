import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { GlueClient } from '@aws-sdk/client-glue'
import { gluePointer } from '../../../lake/iceberg/glue-pointer.ts'
import { currentOf, snapshotsOf } from '../../../lake/iceberg/metadata.ts'
import { localClientConfig } from '../../../localstack/aws/local-aws.ts'
import { pointerContract } from '../../contract/pointer.ts'
import { sharedEngine } from '../../support/engine.ts'
import { rowsOf } from '../../support/lake-engine.ts'

const { state, deployment, bars, lake, queries, report } = await sharedEngine()
const database = deployment.athena?.database ?? ''
const glue = new GlueClient(localClientConfig(state.endpoint))

let tables = 0
pointerContract("MiniStack's Glue", () => {
  tables += 1
  const name = `pointer_${process.pid}_${tables}`
  return gluePointer(glue, { database, name, doc: 'A trial.', location: 's3://lake/bars' })
})

describe('the table bars, made by the compaction of the run', () => {
  test('has one snapshot for the whole run, with every bar of it', async () => {
    const loaded = await bars.load()
    const current = loaded && currentOf(loaded.metadata)
    assert.ok(loaded && current)

    assert.equal(snapshotsOf(loaded.metadata).length, 1)
    assert.equal(Number(current.summary['total-records']), report.compacted)
    const [row] = await rowsOf(queries, 'SELECT count(*) AS bars FROM bars')
    assert.equal(Number(row?.['bars']), report.compacted)
  })

  test('names files that are all there, and readers of the lake see those alone', async () => {
    const live = await bars.liveFiles(await bars.current())
    const listed = await Array.fromAsync(lake.list('bars/'))

    assert.deepEqual(
      listed.map(({ key, size }) => [key, size]),
      live.map(({ key, size }) => [key, size]),
    )
    for (const { key, size } of live) assert.equal((await lake.head(key))?.size, size)
  })
})
