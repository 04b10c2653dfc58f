/** What a lake must hold after five weeks of the market, whatever was killed on the way. */
import { existsSync, readFileSync } from 'node:fs'
import { LandedFiles } from '../../../lake/ledger/landed-files.ts'
import type { TopicLog } from '../../../lake/ledger/topic-log.ts'
import type { QueryEngine } from '../../../lake/queries/query-engine.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, lakeOn } from '../../support/compaction.ts'
import { readBars } from '../../support/lake-builder.ts'
import { lakeEngine, rowsOf } from '../../support/lake-engine.ts'
import { differencesFromMarket, MARKET, MARKET_END, repeatedVersions } from '../../support/market.ts'
import { basesUnlikeMarket, versionOf } from '../../support/market-rows.ts'
import { type Count, countIndependently } from '../count.ts'

export interface StreamFindings {
  /** Records of the topic against rows of the landing files. */
  readonly count: Count
  readonly bars: number
  readonly versions: number
  /** Bars that were sent again without a change, by runs that were killed before they had written it down. */
  readonly repeated: number
  /** What is missing, wrong, skipped or sent twice for nothing. */
  readonly wrong: readonly string[]
}

export interface StreamLake {
  readonly store: ObjectStore
  readonly log: TopicLog
  readonly topic: string
  readonly journal: string
}

export async function findingsOf({ store, log, topic, journal }: StreamLake): Promise<StreamFindings> {
  const count = await countIndependently({ topic, log, files: new LandedFiles(store) })
  await runCompaction(compactionOn(store, Date.now()))
  const bars = await readBars(store)
  const queries = lakeEngine(lakeOn(store))
  const versions = (await rowsOf(queries, 'SELECT * FROM bars_versions')).map(versionOf)
  const repeated = repeatedVersions(versions)
  const inFlight = unfinished(journal)
  return {
    count,
    bars: bars.length,
    versions: versions.length,
    repeated: repeated.length,
    wrong: [
      ...differencesFromMarket(bars, '1d'),
      ...differencesFromMarket(bars, '1h'),
      ...(await basesOf(queries)),
      ...repeated.filter((name) => !inFlight.has(name)).map((name) => `sent twice for nothing: ${name}`),
      ...(versions.length === count.bars ? [] : [`${count.bars} bars landed, ${versions.length} in bars_versions`]),
    ],
  }
}

async function basesOf(queries: QueryEngine): Promise<readonly string[]> {
  const rows = await rowsOf(queries, 'SELECT * FROM bars_bases')
  return MARKET.flatMap((symbol) =>
    basesUnlikeMarket(
      rows.filter((row) => row['symbol'] === symbol.symbol),
      symbol,
      MARKET_END,
    ),
  )
}

/** Bars that a run was about to send which was killed, or failed, before it had written that down. */
function unfinished(journal: string): ReadonlySet<string> {
  const lines = existsSync(journal) ? readFileSync(journal, 'utf8').trim().split('\n').map(parsedLine) : []
  const runs = Map.groupBy(lines, ({ run }) => run)
  const broken = [...runs.values()].filter((own) => own.every(({ said }) => said !== 'done'))
  return new Set(broken.flat().flatMap(({ said }) => said))
}

interface Line {
  readonly run: string
  /** Bars that are about to be sent, or that all of them were written down. */
  readonly said: readonly string[] | 'done'
}

function parsedLine(line: string): Line {
  return JSON.parse(line)
}
