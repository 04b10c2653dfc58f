import { AthenaClient } from '@aws-sdk/client-athena'
import { systemClock } from '../../lake/clock.ts'
import { athenaQueryEngine } from '../../lake/queries/athena-query-engine.ts'
import { localQueryEngine } from '../../lake/queries/local-query-engine.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { lakeQueryEngine } from '../../localstack/duckdb/lake-query-engine.ts'
import { openLake } from './open-lake.ts'
import type { Target } from './target.ts'

/** Athena where the command points: AWS's own, an emulator's behind the translation for it, or DuckDB where none is. */
export async function queryEngineOf(target: Target): Promise<QueryEngine> {
  const { deployment, store } = await openLake(target)
  if (deployment.athena === undefined) return lakeQueryEngine(store)
  const athena = athenaQueryEngine(new AthenaClient(target.clients), deployment.athena, systemClock)
  return target.clients.endpoint === undefined ? athena : localQueryEngine(athena, deployment.athena.database)
}
