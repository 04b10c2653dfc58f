/** What of a stage runs and bills by itself, as its stacks tell: schedules, the mapping, alarms. */
import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation'
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
    STACK_WORDS.map(
      async (word) => [word, await deployedStack(cloudFormation, `tickerlake-${stage}-${word}`)] as const,
    ),
  )
  return Object.fromEntries(found.filter(([, stack]) => stack !== undefined))
}

export const STACK_WORDS = ['lake', 'broker', 'pipeline', 'watch'] as const
export type StackWord = (typeof STACK_WORDS)[number]

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
  const StackName = name
  try {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }))
    if (stack === undefined) return undefined
    const resources: DeployedResource[] = []
    for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName })) {
      for (const each of page.StackResourceSummaries ?? []) {
        const { LogicalResourceId: id = '', ResourceType: type = '', PhysicalResourceId: physicalId = '' } = each
        resources.push({ id, type, physicalId })
      }
    }
    const { TemplateBody = '{}' } = await cloudFormation.send(new GetTemplateCommand({ StackName }))
    return {
      name,
      isProtected: stack.EnableTerminationProtection === true,
      resources,
      template: JSON.parse(TemplateBody),
    }
  } catch (error) {
    if (error instanceof Error && /does not exist/i.test(error.message)) return undefined
    throw error
  }
}
