/** Deploying to LocalStack's CloudFormation, and what has become of a stack's resources by what it says of them. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { CloudFormationClient, DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation'
import { runCdk } from '../support/cdk-cli.ts'
import { clientsOfTests, endpointOfTests } from './engine.ts'

export const PIPELINE_LESS_FUNCTIONS = [
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Logs::LogGroup',
  'AWS::Scheduler::Schedule',
  'AWS::StepFunctions::StateMachine',
]

/** A folder of one test file. */
export function scratchFolder(name: string): string {
  const folder = resolve('.local', 'localstack-emulator', name)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Deploys what a folder holds with the plain CDK CLI, as on AWS. */
export function deployFolder(outdir: string, region: string, stacks = '--all'): void {
  const place = { endpoint: endpointOfTests(), region, home: outdir }
  runCdk(place, 'bootstrap', `aws://000000000000/${region}`, '--app', '')
  runCdk(place, 'deploy', stacks, '--require-approval', 'never', '--app', outdir)
}

export interface StackOutcome {
  /** Types of resources that were made. */
  readonly made: readonly string[]
  /** Types that LocalStack does not know: it says CREATE_COMPLETE of them and makes nothing. */
  readonly saidToBeMade: readonly string[]
  readonly failed: readonly { readonly type: string; readonly reason: string }[]
}

const STACK = 'AWS::CloudFormation::Stack'
const FALLBACK = /is not supported but was deployed as a fallback$/

export async function outcomeOf(stack: string, region: string): Promise<StackOutcome> {
  const client = new CloudFormationClient(clientsOfTests(region))
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stack }))
  const ended = (status: string) =>
    StackEvents.filter(({ ResourceType, ResourceStatus }) => ResourceType !== STACK && ResourceStatus === status)
  const complete = ended('CREATE_COMPLETE')
  return {
    made: typesOf(complete.filter(({ ResourceStatusReason: reason = '' }) => !FALLBACK.test(reason))),
    saidToBeMade: typesOf(complete.filter(({ ResourceStatusReason: reason = '' }) => FALLBACK.test(reason))),
    failed: ended('CREATE_FAILED').map(({ ResourceType: type = '', ResourceStatusReason: reason = '' }) => {
      return { type, reason }
    }),
  }
}

function typesOf(events: readonly StackEvent[]): readonly string[] {
  return [...new Set(events.map(({ ResourceType = '' }) => ResourceType))].sort()
}
