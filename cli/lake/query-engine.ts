import { join } from 'node:path'
import { AthenaClient } from '@aws-sdk/client-athena'
import { systemClock } from '../../lake/clock.ts'
import type { AthenaTarget, Deployment } from '../../lake/deployment.ts'
import { athenaQueryEngine } from '../../lake/queries/athena-query-engine.ts'
import { guardedQueryEngine } from '../../lake/queries/guarded-query-engine.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { relationsOf } from '../../lake/queries/relations.ts'
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { lakeQueryEngine } from '../../localstack/duckdb/lake-query-engine.ts'
import { openLake } from './open-lake.ts'
import { isAws, type Target } from './target.ts'

/** Athena on AWS; DuckDB over the files of a lake on this machine, whatever its emulator calls Athena. */
export async function queryEngineOf(target: Target): Promise<QueryEngine> {
  const { deployment, store } = await openLake(target)
  return isAws(target) && deployment.athena
    ? guardedAthena(target, deployment.athena)
    : ownEngine(target, store, deployment)
}

function guardedAthena({ clients }: Target, athena: AthenaTarget): QueryEngine {
  const relations = relationsOf(readSavedViews())
  const engine = athenaQueryEngine(new AthenaClient(clients), athena, systemClock)
  return guardedQueryEngine(engine, { relations, database: athena.database })
}

/** DuckDB in this process over the files of a lake, wherever it is. */
export function ownEngine({ copies }: Target, store: ObjectStore, { bucket, athena }: Deployment): QueryEngine {
  return lakeQueryEngine(store, { folder: join(copies, bucket), database: athena?.database })
}
