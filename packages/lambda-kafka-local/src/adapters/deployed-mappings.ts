/**
 * The mappings that are deployed, by the Lambda API. An emulator that keeps only the fields of queues and streams
 * (MiniStack 1.5 forgets Topics and the Kafka configurations) is helped out by the CloudFormation template that made
 * the mapping: what the API leaves out is taken from there.
 */
import {
  CloudFormationClient,
  GetTemplateCommand,
  paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation'
import { GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka'
import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda'
import type { MappingDescription } from '../core/mapping-description.ts'
import type { AwsSettings } from './aws-settings.ts'

const TYPE = 'AWS::Lambda::EventSourceMapping'

export interface Deployment {
  /** Kafka mappings that are enabled. */
  descriptions(): Promise<readonly MappingDescription[]>
  brokersOf(clusterArn: string | undefined): Promise<readonly string[]>
}

export function deployment(aws: AwsSettings): Deployment {
  const lambda = new LambdaClient(aws)
  const cloudFormation = new CloudFormationClient(aws)
  const kafka = new KafkaClient(aws)
  return {
    descriptions: () => deployedMappings(lambda, cloudFormation),
    brokersOf: (clusterArn) => clusterBrokers(kafka, clusterArn),
  }
}

/** A self-managed mapping has no ARN and names its brokers itself. */
async function clusterBrokers(client: KafkaClient, clusterArn: string | undefined): Promise<readonly string[]> {
  if (!clusterArn) return []
  const answer = await client.send(new GetBootstrapBrokersCommand({ ClusterArn: clusterArn }))
  const servers = answer.BootstrapBrokerString ?? answer.BootstrapBrokerStringTls ?? ''
  return servers.split(',').filter(Boolean)
}

/** Kafka mappings that are enabled. */
async function deployedMappings(
  lambda: LambdaClient,
  cloudFormation: CloudFormationClient,
): Promise<readonly MappingDescription[]> {
  const found: (MappingDescription & { readonly State?: string | undefined })[] = []
  for await (const page of paginateListEventSourceMappings({ client: lambda }, {})) {
    found.push(...(page.EventSourceMappings ?? []))
  }
  const candidates = found.filter(({ State, EventSourceArn }) => isEnabled(State) && mayBeKafka(EventSourceArn))
  if (candidates.every(({ Topics }) => Topics?.length)) return candidates.map(facts)
  const templates = await templateProperties(cloudFormation)
  return candidates
    .map((description) => withTemplate(description, templates.get(description.UUID ?? '')))
    .filter(({ Enabled }) => Enabled !== false)
    .map(facts)
    .filter(({ Topics }) => Topics && Topics.length > 0)
}

function isEnabled(state: string | undefined): boolean {
  return state === undefined || state === 'Enabled' || state === 'Enabling' || state === 'Creating'
}

function mayBeKafka(arn: string | undefined): boolean {
  return !arn || arn.split(':')[2] === 'kafka'
}

type Properties = MappingDescription

interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Properties?: Properties }>>
}

/** Properties of the mappings in all templates, by UUID. */
async function templateProperties(client: CloudFormationClient): Promise<ReadonlyMap<string, Properties>> {
  const byId = new Map<string, Properties>()
  for await (const page of paginateListStacks({ client }, {})) {
    for (const { StackName, StackStatus } of page.StackSummaries ?? []) {
      if (!StackName || StackStatus?.startsWith('DELETE')) continue
      for (const [id, properties] of await stackProperties(client, StackName)) byId.set(id, properties)
    }
  }
  return byId
}

async function stackProperties(
  client: CloudFormationClient,
  StackName: string,
): Promise<readonly [string, Properties][]> {
  const ids = new Map<string, string>()
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    for (const { ResourceType, LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      if (ResourceType === TYPE && LogicalResourceId && PhysicalResourceId)
        ids.set(LogicalResourceId, PhysicalResourceId)
    }
  }
  if (ids.size === 0) return []
  const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName }))
  const { Resources }: Template = JSON.parse(TemplateBody)
  return [...ids].map(([logical, physical]) => [physical, Resources?.[logical]?.Properties ?? {}])
}

/**
 * Which words count: the API's for what it resolves (names, ARNs), the template's for plain values, because such an
 * emulator also answers with another service's defaults where the template is silent.
 */
function withTemplate(description: MappingDescription, template: Properties = {}): Properties {
  const { UUID, FunctionArn, EventSourceArn, DestinationConfig, FilterCriteria, Topics } = description
  const resolved = { UUID, FunctionArn, EventSourceArn, DestinationConfig, FilterCriteria }
  const topics = Topics ?? (isTexts(template.Topics) ? template.Topics : [])
  return { ...template, ...resolved, Topics: topics }
}

/** What makes a mapping what it is, without what changes by itself (LastModified, LastProcessingResult). */
const FACTS = [
  'UUID',
  'FunctionArn',
  'EventSourceArn',
  'Topics',
  'SelfManagedEventSource',
  'AmazonManagedKafkaEventSourceConfig',
  'SelfManagedKafkaEventSourceConfig',
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'StartingPosition',
  'StartingPositionTimestamp',
  'FilterCriteria',
  'FunctionResponseTypes',
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'DestinationConfig',
  'ProvisionedPollerConfig',
] as const satisfies readonly (keyof MappingDescription)[]

function facts(properties: Properties): Properties {
  return Object.fromEntries(FACTS.map((name) => [name, properties[name]]))
}

function isTexts(value: readonly string[] | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
