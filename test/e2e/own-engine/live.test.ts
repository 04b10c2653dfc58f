import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { SFNClient } from '@aws-sdk/client-sfn'
import { runCompaction } from '../../../lake/compaction/start-compaction.ts'
import { readDeployment } from '../../../lake/deployment.ts'
import type { ReplayAnswer } from '../../../lake/replay/replay-answer.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { localClientConfig } from '../../../localstack/aws/local-aws.ts'
import { localLake } from '../../../localstack/aws/local-lake.ts'
import { localPaths } from '../../../localstack/engine/paths.ts'
import { readEngineState } from '../../../localstack/engine/run-state.ts'
import { aFetcher } from '../../support/fetching.ts'
import { lakeEngine, rowsOf } from '../../support/lake-engine.ts'
import { placeFor, processesOf, runLocal, startLocal } from '../../support/local-command.ts'
import { differencesFromMarket, MARKET, MARKET_END, MARKET_START, repeatedVersions } from '../../support/market.ts'
import { versionOf } from '../../support/market-rows.ts'
import { prefixedStore } from '../../support/prefixed-store.ts'
import { until } from '../../support/until.ts'
import { CRYPTO, YahooStandIn } from '../../support/yahoo-stand-in.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** For what costs a query to see. */
const SLOWLY = { everyMs: 1_000, withinMs: 10 * 60_000 }
const LIVE = 'ETH-USD'

describe('npm run local -- --live', async () => {
  const place = await placeFor('e2e-live')
  rmSync(place.dir, { recursive: true, force: true })
  const started = Date.now()
  // Its first day is today: minutes of a clock that is everybody's. Soon after midnight it is yesterday, for a symbol
  // without a minute that is over is one that Yahoo does not have.
  const first = new Date(started - HOUR).toISOString().slice(0, 10)
  const yahoo = new YahooStandIn({ symbols: [{ ...CRYPTO, symbol: LIVE, first }], now: Date.now, wobble: 3e-7 })
  const run = startLocal(place, ['--live', `${LIVE},GONE`], { YAHOO_ENDPOINT: await yahoo.listen() })
  after(async () => {
    await runLocal(place, ['--down'])
    await yahoo.close()
  })
  await run.wrote(/Running\. Ctrl-C ends it/)
  const lake = await openLake(place.dir)

  test('says what it found, and which symbol Yahoo does not have', async () => {
    await run.wrote(/Yahoo Finance has no bars of .*GONE\./)

    assert.match(run.output(), /Fetching ETH-USD, GONE at 1d and 1m from http:\/\/127\.0\.0\.1/)
  })

  test('a minute that ended since the start stands in bars_live', async () => {
    const sql = `SELECT count(*) AS bars FROM bars_live
      WHERE symbol = '${LIVE}' AND interval = '1m' AND source = 'yahoo'
        AND ts_event >= from_unixtime(${Math.floor(started / 60_000) * 60})`
    const bars = async () => Number((await rowsOf(lake.queries, sql))[0]?.['bars'])
    await until('a bar of a minute since the start', async () => (await bars()) > 0, SLOWLY)
  })

  test('five weeks of a market, a day a second: every bar in its final form, every form before it, none twice', async () => {
    const fetching = aFetcher({
      symbols: MARKET,
      start: MARKET_START,
      store: withOwnState(lake.store),
      settings: { intervals: ['1d', '1h'] },
    })
    for (let at = MARKET_START; at < MARKET_END + DAY; at += DAY) {
      fetching.clock.advance(Math.min(at, MARKET_END) - fetching.clock.now())
      await fetching.run()
      await lake.produce()
    }
    await lake.compact()

    const bars = await lake.versions('SELECT *, ts_sent AS known_from FROM bars')
    assert.deepEqual(differencesFromMarket(bars, '1d'), [])
    assert.deepEqual(differencesFromMarket(bars, '1h'), [])
    const versions = await lake.versions('SELECT * FROM bars_versions')
    assert.deepEqual(repeatedVersions(versions), [])
    // The dividend and the split restated every day before them.
    assert.ok(versions.length > bars.length + 200, `${versions.length} versions of ${bars.length} bars`)
  })

  test('each symbol is forecast from its last session', async () => {
    const forecasts = await rowsOf(
      lake.queries,
      `SELECT symbol, max(ts_origin) AS origin FROM forecasts WHERE skip_reason IS NULL GROUP BY symbol ORDER BY symbol`,
    )

    assert.deepEqual(
      forecasts.map(({ symbol, origin }) => `${symbol} ${origin?.slice(0, 10)}`),
      ['6758.T 2025-12-01', 'AAPL 2025-12-01', 'BTC-USD 2025-11-30'],
    )
  })

  test('ends with Ctrl-C, and leaves no process', async () => {
    run.signal('SIGINT')

    assert.equal(await run.ended, 0, run.output())
    assert.deepEqual(processesOf(place), [])
  })
})

async function openLake(dir: string) {
  const state = readEngineState(localPaths(dir).run)
  assert.ok(state)
  const aws = localClientConfig(state.endpoint)
  const deployment = await readDeployment(new CloudFormationClient(aws), state.stage)
  const { store } = localLake(state.endpoint, deployment)
  const queries = lakeEngine(store)
  const lambda = new LambdaClient(aws)
  let sent = 0
  /** Until all that is new is sent; the schedule's own minute may be at it. */
  const produce = async (): Promise<void> => {
    const request = { FunctionName: deployment.producerFunction, Payload: JSON.stringify({ scheduled: true }) }
    await until('the end of the replay', async () => {
      const { Payload, FunctionError } = await lambda.send(new InvokeCommand(request))
      const said = Payload?.transformToString() ?? ''
      assert.equal(FunctionError, undefined, said)
      const answer: ReplayAnswer = JSON.parse(said)
      sent = answer.total.sent
      return answer.done
    })
  }
  /** After all that was sent has landed. */
  const compact = async (): Promise<void> => {
    const landed = async () => Number((await rowsOf(queries, 'SELECT count(*) AS n FROM bars_landing'))[0]?.['n'])
    await until(`the landing of ${sent} records`, async () => (await landed()) >= sent, SLOWLY)
    const waiting = { signal: new AbortController().signal, tell: () => {} }
    await runCompaction(new SFNClient(aws), deployment.compactStateMachine, waiting)
  }
  const versions = async (sql: string) => {
    const names = MARKET.map(({ symbol }) => `'${symbol}'`).join(', ')
    const rows = await rowsOf(queries, `SELECT * FROM (${sql}) AS versions WHERE symbol IN (${names})`)
    return rows.map(versionOf)
  }
  return { store, queries, produce, compact, versions }
}

/** The command's fetcher is at work in the same lake, and knows nothing of these symbols. */
function withOwnState(store: ObjectStore): ObjectStore {
  const own = (key: string): string => key.replace(/^fetch\//, 'fetch/test-')
  const all = prefixedStore(store, '')
  return {
    ...all,
    get: (key) => all.get(own(key)),
    put: (key, body, options) => all.put(own(key), body, options),
  }
}
