import { join } from 'node:path'
import { AthenaClient } from '@aws-sdk/client-athena'
import { systemClock } from '../../lake/clock.ts'
import type { AthenaTarget, Deployment } from '../../lake/deployment.ts'
import { UsageError } from '../../lake/errors.ts'
import type { AsOf } from '../../lake/iceberg/as-of.ts'
import { toIso } from '../../lake/instant.ts'
import { athenaQueryEngine } from '../../lake/queries/athena-query-engine.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { asOfQueryEngine, guardedQueryEngine } from '../../lake/queries/query-engine.ts'
import { relationsOf } from '../../lake/queries/relations.ts'
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { BARS } from '../../lake/tables/tables.ts'
import { LOCAL_DATABASE, lakeQueryEngine } from '../../localstack/duckdb/lake-query-engine.ts'
import { trinoQueryEngine } from '../../localstack/trino/trino-query-engine.ts'
import { type LakeAsOf, openLakeAsOf } from './as-of.ts'
import type { Lake } from './open-lake.ts'
import { isAws, type Target } from './target.ts'

export interface EngineOptions {
  /** Whether Athena on AWS is handed what is no query, too. @default false */
  readonly allowDdl?: boolean
  /** Which snapshot of `bars` is read. @default the newest, each time */
  readonly asOf?: AsOf | undefined
}

const NO_DDL =
  'On this machine nothing but queries is run: tables and views are made of their definitions by every start. --allow-ddl is for Athena on AWS.'

/** Athena on AWS; DuckDB over the files of a lake on this machine, whatever its emulator calls Athena. */
export async function queryEngineOf(
  target: Target,
  { allowDdl = false, asOf }: EngineOptions = {},
): Promise<QueryEngine> {
  if (allowDdl && !isAws(target)) throw new UsageError(NO_DDL)
  if (allowDdl && asOf) throw new UsageError('--as-of reads the past, and --allow-ddl changes the present; give one.')
  const lake = await openLakeAsOf(target, asOf)
  const { deployment, snapshot } = lake
  const { athena } = deployment
  const isAthena = isAws(target) && athena !== undefined
  if (isAthena && allowDdl) return athenaOf(target, athena)
  const engine = engineOver(target, lake)
  if (!snapshot) return engine
  return asOfQueryEngine(engine, {
    relations: relationsOf(readSavedViews()),
    database: athena?.database ?? LOCAL_DATABASE,
    snapshot: { id: String(snapshot['snapshot-id']), since: toIso(snapshot['timestamp-ms']) },
    // The engines of SQL are told by the statement; DuckDB reads the store that is given it.
    isPinned: !isAthena && !target.trino,
  })
}

/** Who answers where this target's lake is. */
function engineOver(target: Target, lake: LakeAsOf): QueryEngine {
  const { deployment, store } = lake
  const { athena } = deployment
  if (athena && isAws(target)) return guardedAthena(target, athena)
  return athena && target.trino ? guardedTrino(target.trino, athena, lake) : ownEngine(target, store, deployment)
}

function athenaOf({ clients }: Target, athena: AthenaTarget): QueryEngine {
  return athenaQueryEngine(new AthenaClient(clients), athena, systemClock)
}

function guardedAthena(target: Target, athena: AthenaTarget): QueryEngine {
  return guarded(athenaOf(target, athena), athena)
}

/** Athena's own engine on this machine, where `npm run local -- --athena trino` has started it. */
function guardedTrino({ port }: { readonly port: number }, athena: AthenaTarget, lake: Lake): QueryEngine {
  const session = { port, schema: athena.database }
  return guarded(trinoQueryEngine({ session, bucket: lake.deployment.bucket, bars: lake.bars }), athena)
}

function guarded(engine: QueryEngine, { database }: AthenaTarget): QueryEngine {
  return guardedQueryEngine(engine, { relations: relationsOf(readSavedViews()), database, withPast: [BARS.name] })
}

/** DuckDB in this process over the files of a lake, wherever it is. */
export function ownEngine({ copies }: Target, store: ObjectStore, { bucket, athena }: Deployment): QueryEngine {
  return lakeQueryEngine(store, { folder: join(copies, bucket), database: athena?.database })
}
