import { AthenaClient } from '@aws-sdk/client-athena'
import { athenaQueryEngine } from '../../lambdas/adapters/athena-query-engine.ts'
import { localQueryEngine } from '../../lambdas/adapters/local-query-engine.ts'
import { systemClock } from '../../lambdas/adapters/system-clock.ts'
import type { QueryEngine } from '../../lambdas/ports/query-engine.ts'
import { deploymentOf, type Target } from './target.ts'

/** Athena where the command points: AWS's own, or an emulator's behind the translation for it. */
export async function queryEngineOf(target: Target): Promise<QueryEngine> {
  const { workgroup, database } = await deploymentOf(target)
  const athena = athenaQueryEngine(new AthenaClient(target.clients), { workgroup, database }, systemClock)
  return target.clients.endpoint === undefined ? athena : localQueryEngine(athena, database)
}
