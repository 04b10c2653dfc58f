import { AthenaClient } from '@aws-sdk/client-athena'
import { systemClock } from '../../lake/clock.ts'
import type { Deployment } from '../../lake/deployment.ts'
import { athenaQueryEngine } from '../../lake/queries/athena-query-engine.ts'
import { guardedQueryEngine } from '../../lake/queries/guarded-query-engine.ts'
import { localQueryEngine } from '../../lake/queries/local-query-engine.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { relationsOf } from '../../lake/queries/relations.ts'
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { lakeQueryEngine } from '../../localstack/duckdb/lake-query-engine.ts'
import { openLake } from './open-lake.ts'
import type { Target } from './target.ts'

/** Athena where the command points: AWS's own, an emulator's behind the translation for it, or DuckDB where none is. */
export async function queryEngineOf(target: Target): Promise<QueryEngine> {
  const { deployment, store } = await openLake(target)
  const database = deployment.athena?.database
  return guardedQueryEngine(engineOf(target, deployment, store), { relations: relationsOf(readSavedViews()), database })
}

function engineOf(target: Target, deployment: Deployment, store: ObjectStore): QueryEngine {
  if (deployment.athena === undefined) return lakeQueryEngine(store)
  const athena = athenaQueryEngine(new AthenaClient(target.clients), deployment.athena, systemClock)
  return target.clients.endpoint === undefined ? athena : localQueryEngine(athena, deployment.athena.database)
}
