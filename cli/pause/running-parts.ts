/** What of a stage runs and bills by itself, as its stacks tell: schedules, the mapping, alarms. */
import {
  type CloudFormationClient,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation'
import { describedStack, STACK_WORDS, type StackWord, stackNameOf } from '../../lake/deployment.ts'
import type { Template } from '../deploy/assembly.ts'

export interface ScheduleOfStage {
  readonly name: string
  /** Whether the stage was deployed with it on: what resume goes back to. */
  readonly isWanted: boolean
}

export interface RunningParts {
  readonly schedules: readonly ScheduleOfStage[]
  /** Ids of event source mappings. */
  readonly mappings: readonly string[]
  readonly alarms: readonly string[]
}

export interface DeployedStack {
  readonly name: string
  readonly isProtected: boolean
  readonly resources: readonly DeployedResource[]
  readonly template: Template
}

interface DeployedResource {
  readonly id: string
  readonly type: string
  readonly physicalId: string
}

/** The stacks of a stage that are there, by the last word of their names. */
export async function deployedStacks(
  cloudFormation: CloudFormationClient,
  stage: string,
): Promise<Readonly<Partial<Record<StackWord, DeployedStack>>>> {
  const found = await Promise.all(
    STACK_WORDS.map(async (word) => [word, await deployedStack(cloudFormation, stackNameOf(stage, word))] as const),
  )
  return Object.fromEntries(found.filter(([, stack]) => stack !== undefined))
}

export function runningParts(stacks: readonly DeployedStack[]): RunningParts {
  const all = stacks.flatMap(({ resources, template }) => resources.map((resource) => ({ ...resource, template })))
  const of = (type: string) => all.filter((each) => each.type === type)
  return {
    schedules: of('AWS::Scheduler::Schedule').map(({ id, physicalId, template }) => ({
      name: physicalId,
      isWanted: template.Resources?.[id]?.Properties?.['State'] !== 'DISABLED',
    })),
    mappings: of('AWS::Lambda::EventSourceMapping').map(({ physicalId }) => physicalId),
    alarms: of('AWS::CloudWatch::Alarm').map(({ physicalId }) => physicalId),
  }
}

async function deployedStack(cloudFormation: CloudFormationClient, name: string): Promise<DeployedStack | undefined> {
  const stack = await describedStack(cloudFormation, name)
  if (stack === undefined) return undefined
  const resources: DeployedResource[] = []
  for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName: name })) {
    for (const each of page.StackResourceSummaries ?? []) {
      const { LogicalResourceId: id = '', ResourceType: type = '', PhysicalResourceId: physicalId = '' } = each
      resources.push({ id, type, physicalId })
    }
  }
  const { TemplateBody = '{}' } = await cloudFormation.send(new GetTemplateCommand({ StackName: name }))
  return {
    name,
    isProtected: stack.EnableTerminationProtection === true,
    resources,
    template: JSON.parse(TemplateBody),
  }
}
