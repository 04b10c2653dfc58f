/** What follows a deployment: its table is made, and what came of it is told, or what stopped it. */
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation'
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue'
import { SFNClient } from '@aws-sdk/client-sfn'
import { say } from '../../command/progress.ts'
import { runCompaction, type Waiting } from '../../lake/compaction/start-compaction.ts'
import { isAbsentStack, readDeployment } from '../../lake/deployment.ts'
import { messageOf, TickerlakeError } from '../../lake/errors.ts'
import { BARS } from '../../lake/tables/tables.ts'
import type { ClientConfig } from '../lake/target.ts'
import { type AssembledStack, resourcesOf } from './assembly.ts'
import { failureIn, failureText } from './explain-failure.ts'

/** The outputs of the stages' stacks that people and commands ask for; those that only join stacks are left out. */
export async function outputsText(cloudFormation: CloudFormationClient, stacks: readonly string[]): Promise<string> {
  const described = await Promise.all(
    stacks.map((StackName) => cloudFormation.send(new DescribeStacksCommand({ StackName }))),
  )
  const outputs = described
    .flatMap(({ Stacks = [] }) => Stacks.flatMap(({ Outputs = [] }) => Outputs))
    .filter(({ OutputKey = '' }) => !OutputKey.startsWith('ExportsOutput'))
    .map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const)
  const width = Math.max(0, ...outputs.map(([key]) => key.length))
  return [...new Map(outputs)].map(([key, value]) => `  ${key.padEnd(width)}  ${value}`).join('\n')
}

/** Why the stacks that failed since a moment did; empty where CloudFormation has nothing to say. */
export async function failuresText(
  cloudFormation: CloudFormationClient,
  stacks: readonly string[],
  since: Date,
): Promise<string> {
  const told = await Promise.all(
    stacks.map(async (StackName) => {
      const { StackEvents = [] } = await eventsOf(cloudFormation, StackName)
      const failure = failureIn(StackEvents, since)
      return failure === undefined ? [] : [failureText(StackName, failure)]
    }),
  )
  return told.flat().join('\n')
}

async function eventsOf(cloudFormation: CloudFormationClient, StackName: string) {
  try {
    return await cloudFormation.send(new DescribeStackEventsCommand({ StackName }))
  } catch (error) {
    if (isAbsentStack(error)) return { StackEvents: [] }
    throw error
  }
}

/** Says now and then that MSK is still at it: between two events of CloudFormation lies half an hour. */
export function tellOfCluster(
  cloudFormation: CloudFormationClient,
  stacks: readonly AssembledStack[],
): { stop(): void } {
  const stack = stacks.find(({ template }) => Object.keys(resourcesOf(template, 'AWS::MSK::Cluster')).length > 0)
  if (!stack) return { stop() {} }
  const started = performance.now()
  const timer = setInterval(async () => {
    const working = await isWorking(cloudFormation, stack.name)
    const minutes = Math.round((performance.now() - started) / 60_000)
    if (working) say(`MSK is at work on the cluster: ${minutes} minutes; making one takes 20 to 40.`)
  }, TELL_EVERY_MS)
  return { stop: () => clearInterval(timer) }
}

const TELL_EVERY_MS = 5 * 60_000

async function isWorking(cloudFormation: CloudFormationClient, StackName: string): Promise<boolean> {
  try {
    const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName }))
    const cluster = StackResources.find(({ ResourceType }) => ResourceType === 'AWS::MSK::Cluster')
    return cluster?.ResourceStatus?.endsWith('_IN_PROGRESS') === true
  } catch {
    return false // a line of progress; the deployment itself says what fails
  }
}

/**
 * The template makes `bars` as a folder of months, the compactor makes it the Iceberg table. So where the catalog does not name
 * that table, a compaction makes it: of nothing, of landed files, or of what an older version has left.
 */
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
