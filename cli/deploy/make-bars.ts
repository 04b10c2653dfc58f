/** The template makes `bars` as a folder of months; the compactor makes it the Iceberg table, so a deployment ends with that. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue'
import { SFNClient } from '@aws-sdk/client-sfn'
import { runCompaction, type Waiting } from '../../lake/compaction/start-compaction.ts'
import { readDeployment } from '../../lake/deployment.ts'
import { messageOf, TickerlakeError } from '../../lake/errors.ts'
import { BARS } from '../../lake/tables/tables.ts'
import type { ClientConfig } from '../lake/target.ts'

/** Where the catalog does not name the Iceberg table, a compaction makes it: of nothing, of landed files, or of what an older version has left. */
export async function makeBars(stage: string, clients: ClientConfig, waiting: Waiting): Promise<void> {
  const { athena, compactStateMachine } = await readDeployment(new CloudFormationClient(clients), stage)
  if (!athena || (await hasBars(new GlueClient(clients), athena.database))) return
  try {
    await runCompaction(new SFNClient(clients), compactStateMachine, waiting)
  } catch (cause) {
    const said = messageOf(cause)
    const message = `The stage is deployed, but its table ${BARS.name} could not be made: ${said} "npm run compact -- --stage ${stage}" tries again, as the schedule does.`
    throw new TickerlakeError('no-bars', message, { cause })
  }
}

async function hasBars(glue: GlueClient, DatabaseName: string): Promise<boolean> {
  try {
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName, Name: BARS.name }))
    return Table?.Parameters?.['metadata_location'] !== undefined
  } catch (error) {
    if (error instanceof Error && error.name === 'EntityNotFoundException') return false
    throw error
  }
}
