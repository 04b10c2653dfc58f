import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DescribeMapRunCommand, ListExecutionsCommand, ListMapRunsCommand, SFNClient } from '@aws-sdk/client-sfn'
import { startMappings } from 'lambda-kafka-local'
import { systemClock } from '../../../lake/clock.ts'
import { KafkaTopicLog } from '../../../lake/ledger/kafka-topic-log.ts'
import { LandedFiles } from '../../../lake/ledger/landed-files.ts'
import { localClientConfig } from '../../../localstack/aws/local-aws.ts'
import { countIndependently } from '../../chaos/count.ts'
import { Dice } from '../../chaos/dice.ts'
import { sendLoad } from '../../chaos/load.ts'
import { sharedEngine } from '../../support/engine.ts'
import { kafkaTopic } from '../../support/kafka-topic.ts'
import { silentLog } from '../../support/silent-log.ts'
import { until } from '../../support/until.ts'

/** The bars of localstack/sample: AAPL, GOOG, IBM, MSFT and FB until 2013-03-01. */
const SAMPLE_BARS = 12_154

describe('npm run local -- --once on the sample', async () => {
  const { state, deployment, lake, queries, report } = await sharedEngine()

  test('lands what it has sent, each record once, and compacts every bar', () => {
    assert.deepEqual(report.problems, [])
    assert.equal(report.sent, SAMPLE_BARS + 1)
    assert.equal(report.landed, report.sent)
    assert.equal(report.bars, SAMPLE_BARS)
    assert.equal(report.markers, 1)
    assert.equal(report.rejected, 0)
    assert.equal(report.compacted, SAMPLE_BARS)
  })

  test('tells others where everything is', () => {
    assert.equal(report.endpoint, state.endpoint)
    assert.equal(report.brokers, state.brokers)
    assert.equal(report.bucket, deployment.bucket)
    assert.match(report.clusterArn ?? '', /^arn:aws:kafka:us-east-1:\d{12}:cluster\/tickerlake-local\//)
  })

  test('is answered by SQL as the source has it', async () => {
    const { rows } = await queries.run(
      `SELECT ts_event, open, high, low, close, adj_close, volume FROM bars_landing
       WHERE symbol = 'AAPL' AND ts_event = TIMESTAMP '2013-03-01 00:00:00'`,
    )

    assert.equal(rows.length, 1)
    assert.deepEqual(rows[0]?.slice(1), ['438.0', '438.1799', '429.98', '430.47', '56.137353095488', '19730300'])
  })

  test('leaves every Kafka offset from 0 on in the lake', async () => {
    const { rows } = await queries.run(
      `SELECT kafka_partition, min(kafka_offset), max(kafka_offset) - min(kafka_offset) + 1 - count(*)
       FROM bars_landing GROUP BY 1 ORDER BY 1`,
    )

    assert.deepEqual(
      rows.map(([, first, missing]) => [first, missing]),
      rows.map(() => ['0', '0']),
    )
  })

  test('writes files for the arrival date below landing/, ledgers for the partitions', async () => {
    const keys: string[] = []
    for await (const { key } of lake.list('')) keys.push(key)

    assert.equal(
      keys.filter((key) => /^landing\/bars\/dt=\d{4}-\d\d-\d\d\/.+\.parquet$/.test(key)).length,
      report.objects,
    )
    assert.ok(keys.some((key) => key.startsWith('ledger/')))
  })

  test('runs every task of the plan as an execution of its own', async () => {
    const sfn = new SFNClient(localClientConfig(state.endpoint))
    const { executions } = await sfn.send(
      new ListExecutionsCommand({ stateMachineArn: deployment.compactStateMachine, statusFilter: 'SUCCEEDED' }),
    )
    const runs = (executions ?? []).map(({ executionArn }) => sfn.send(new ListMapRunsCommand({ executionArn })))
    const mapRuns = (await Promise.all(runs)).flatMap((answer) => answer.mapRuns ?? [])
    const counts = await Promise.all(
      mapRuns.map(async ({ mapRunArn }) => {
        const { executionCounts } = await sfn.send(new DescribeMapRunCommand({ mapRunArn }))
        return { succeeded: executionCounts?.succeeded ?? 0, total: executionCounts?.total ?? 0 }
      }),
    )

    assert.ok(counts.some(({ total }) => total > 0))
    for (const { succeeded, total } of counts) assert.equal(succeeded, total)
  })

  // The last test here, and of all: what it lands stands in the lake that the others look at.
  test('has each record of an outside program once, valid or poison, byte for byte', async () => {
    const topic = await kafkaTopic(state.brokers, { partitions: 2 })
    const access = { brokers: state.brokers.split(','), security: { kind: 'plaintext' } } as const
    await sendLoad({ ...access, topic: topic.name, records: 3_000, milliseconds: 1_000, dice: new Dice(11) })
    const stopping = new AbortController()
    const mappings = startMappings({
      endpoint: state.endpoint,
      brokers: access.brokers,
      mappings: [
        {
          UUID: topic.name,
          FunctionName: deployment.consumerFunction,
          Topics: [topic.name],
          StartingPosition: 'TRIM_HORIZON',
        },
      ],
      signal: stopping.signal,
      clock: systemClock,
      log: silentLog,
    })

    await until('a lag of 0', () => mappings.status()[0]?.lag === 0)

    stopping.abort()
    await mappings.done
    const log = new KafkaTopicLog(access)
    const files = new LandedFiles(lake)
    const count = await countIndependently({ topic: topic.name, log, files, kept: new Set() })
    assert.deepEqual(count.findings, [])
    assert.equal(count.once, 3_000)
    assert.ok(count.rejected > 100 && count.bars > 2_000)
    await log.close()
    await topic.close()
  })
})
