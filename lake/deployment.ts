import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation'
import { TickerlakeError } from './errors.ts'

export interface AthenaTarget {
  readonly workgroup: string
  readonly database: string
}

/** What a stage's stacks say of themselves in their outputs; what is not deployed there is undefined. */
export interface Deployment {
  readonly stage: string
  readonly bucket: string
  /** Undefined where the stage has no catalog: an emulator without Glue and Athena. */
  readonly athena: AthenaTarget | undefined
  readonly topic: string
  readonly producerFunction: string
  readonly consumerFunction: string
  readonly clusterArn: string | undefined
  readonly brokers: string | undefined
  readonly compactStateMachine: string
  /** The mapping in the words of Lambda's API, as JSON, where the emulator could not be given one. */
  readonly mappingDescription: string | undefined
}

/** The consumer group whose offsets the mapping of a stage commits. */
export function consumerGroupOf(stage: string): string {
  return `tickerlake-${stage}-consumer`
}

/** The last word of a stack's name: what keeps the data, what feeds it, what may be thrown away, what watches it. */
export const STACK_WORDS = ['lake', 'broker', 'pipeline', 'watch'] as const
export type StackWord = (typeof STACK_WORDS)[number]

export function stackNameOf(stage: string, word: StackWord): string {
  return `tickerlake-${stage}-${word}`
}

/** Zones that MSK makes no brokers in, by its guide. */
export const ZONES_WITHOUT_MSK: readonly string[] = ['use1-az3']

/** The stacks that every stage has. */
export function stacksOf(stage: string): readonly [lake: string, pipeline: string] {
  return [stackNameOf(stage, 'lake'), stackNameOf(stage, 'pipeline')]
}

/** The name in the ARN of an MSK cluster; undefined where the brokers are somebody else's. */
export function clusterNameOf({ clusterArn }: Pick<Deployment, 'clusterArn'>): string | undefined {
  return clusterArn?.split('/')[1]
}

/** Reads the outputs of a stage's stacks; throws where the stage is not deployed. */
export async function readDeployment(cloudFormation: CloudFormationClient, stage: string): Promise<Deployment> {
  const [lakeName, pipelineName] = stacksOf(stage)
  const lake = outputsOf(await neededStack(cloudFormation, lakeName))
  const pipeline = outputsOf(await neededStack(cloudFormation, pipelineName))
  return {
    stage,
    bucket: lake.needed('BucketName'),
    athena: athenaTarget(lake),
    topic: pipeline.needed('Topic'),
    producerFunction: pipeline.needed('ProducerFunctionName'),
    consumerFunction: pipeline.needed('ConsumerFunctionName'),
    clusterArn: pipeline.optional('ClusterArn'),
    brokers: pipeline.optional('Brokers'),
    compactStateMachine: pipeline.needed('CurateStateMachineArn'),
    mappingDescription: pipeline.optional('MappingDescription'),
  }
}

function athenaTarget({ optional }: Outputs): AthenaTarget | undefined {
  const [workgroup, database] = [optional('WorkgroupName'), optional('DatabaseName')]
  return workgroup && database ? { workgroup, database } : undefined
}

interface Outputs {
  needed(name: string): string
  optional(name: string): string | undefined
}

function outputsOf(stack: Stack): Outputs {
  const values = new Map((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
  return {
    needed(name) {
      const value = values.get(name)
      if (value) return value
      throw new TickerlakeError('deployment', `The stack ${stack.StackName} has no output ${name}; deploy it again.`)
    },
    optional: (name) => values.get(name),
  }
}

/** A stack as CloudFormation describes it; undefined where there is none of the name. */
export async function describedStack(
  cloudFormation: CloudFormationClient,
  StackName: string,
): Promise<Stack | undefined> {
  try {
    return (await cloudFormation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]
  } catch (error) {
    if (isAbsentStack(error)) return undefined
    throw error
  }
}

/** CloudFormation has no code of its own for a stack that is not there. */
export function isAbsentStack(error: unknown): boolean {
  return error instanceof Error && /does not exist/i.test(error.message)
}

async function neededStack(cloudFormation: CloudFormationClient, stackName: string): Promise<Stack> {
  const stack = await describedStack(cloudFormation, stackName)
  if (stack) return stack
  throw new TickerlakeError(
    'deployment',
    `There is no stack ${stackName} here; deploy the stage first, or start the local one with "npm run local".`,
  )
}
