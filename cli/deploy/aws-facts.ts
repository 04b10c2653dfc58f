/** Asks an account what a deployment needs to know of it, all at once; what it does not answer is said to be unknown. */

import { AthenaClient, GetDatabaseCommand } from '@aws-sdk/client-athena'
import { CloudFormationClient, DescribeStackResourceCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation'
import { DescribeAvailabilityZonesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { KafkaClient, paginateListClustersV2, paginateListKafkaVersions } from '@aws-sdk/client-kafka'
import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { describedStack } from '../../lake/deployment.ts'
import { fullMessageOf } from '../../lake/errors.ts'
import { stageOfBucket } from '../../lake/store/s3-stage-mark.ts'
import type { ClientConfig } from '../lake/target.ts'
import type { Concurrency, Fact, Facts, FoundStack, Planned } from './preflight.ts'
import type { WantedFunction } from './wants.ts'

export async function awsFacts({ stacks, wants }: Planned, clients: ClientConfig): Promise<Facts> {
  const cloudFormation = new CloudFormationClient(clients)
  const region = await cloudFormation.config.region()
  const { lake, brokers, zones, reserving, bootstrapVersion } = wants
  const database = lake.database
  const bucket = lake.bucket
  const asked = {
    ...(bootstrapVersion === undefined ? {} : { bootstrap: () => bootstrapOf(cloudFormation) }),
    stacks: () =>
      foundStacks(
        cloudFormation,
        stacks.map(({ name }) => name),
      ),
    ...(zones ? { zones: () => zonesOf(new EC2Client(clients)) } : {}),
    ...(reserving.length > 0
      ? { concurrency: () => concurrencyOf(new LambdaClient(clients), cloudFormation, reserving) }
      : {}),
    ...(brokers
      ? {
          kafkaVersions: () => versionsOf(new KafkaClient(clients)),
          brokers: () => brokersOf(new KafkaClient(clients)),
        }
      : {}),
    ...(database === undefined ? {} : { hasDatabase: () => hasDatabase(new AthenaClient(clients), database) }),
    ...(bucket === undefined
      ? {}
      : {
          hasBucket: () => hasBucket(new S3Client(clients), bucket),
          bucketStage: () => stageOfBucket(new S3Client(clients), bucket),
        }),
  }
  const facts = await Promise.all(
    Object.entries<() => Promise<unknown>>(asked).map(async ([name, question]) => [name, await fact(question)]),
  )
  return { region, ...Object.fromEntries(facts) }
}

async function fact<T>(question: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { kind: 'known', value: await question() }
  } catch (error) {
    return { kind: 'unknown', why: fullMessageOf(error) }
  }
}

async function bootstrapOf(cloudFormation: CloudFormationClient): Promise<number | undefined> {
  const stack = await describedStack(cloudFormation, 'CDKToolkit')
  const version = stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'BootstrapVersion')?.OutputValue
  return version === undefined ? undefined : Number(version)
}

async function foundStacks(
  cloudFormation: CloudFormationClient,
  names: readonly string[],
): Promise<Readonly<Record<string, FoundStack>>> {
  const found = await Promise.all(
    names.map(async (name) => {
      const stack = await describedStack(cloudFormation, name)
      if (stack === undefined) return []
      const { TemplateBody = '{}' } = await cloudFormation.send(new GetTemplateCommand({ StackName: name }))
      return [[name, { status: String(stack.StackStatus), template: JSON.parse(TemplateBody) }] as const]
    }),
  )
  return Object.fromEntries(found.flat())
}

/** CloudFormation takes them in the order of their names. */
async function zonesOf(ec2: EC2Client): Promise<readonly string[]> {
  const filter = { Name: 'zone-type', Values: ['availability-zone'] }
  const { AvailabilityZones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({ Filters: [filter] }))
  const named = AvailabilityZones.map(({ ZoneName = '', ZoneId = '' }) => ({ ZoneName, ZoneId }))
  return named.sort((a, b) => (a.ZoneName < b.ZoneName ? -1 : 1)).map(({ ZoneId }) => ZoneId)
}

async function concurrencyOf(
  lambda: LambdaClient,
  cloudFormation: CloudFormationClient,
  reserving: readonly WantedFunction[],
): Promise<Concurrency> {
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}))
  const ours = await Promise.all(reserving.map((each) => reservedNow(lambda, cloudFormation, each)))
  const { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } = AccountLimit ?? {}
  if (limit === undefined || unreserved === undefined) throw new Error('Lambda told no limits')
  return { limit, unreserved, ours: ours.reduce((sum, each) => sum + each, 0) }
}

/** What a function of this stage holds already; one that is not there yet holds none. */
async function reservedNow(
  lambda: LambdaClient,
  cloudFormation: CloudFormationClient,
  { stack, logicalId }: WantedFunction,
): Promise<number> {
  if ((await describedStack(cloudFormation, stack)) === undefined) return 0
  try {
    const which = { StackName: stack, LogicalResourceId: logicalId }
    const { StackResourceDetail } = await cloudFormation.send(new DescribeStackResourceCommand(which))
    const FunctionName = StackResourceDetail?.PhysicalResourceId
    const { ReservedConcurrentExecutions = 0 } = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))
    return ReservedConcurrentExecutions
  } catch (error) {
    if (error instanceof Error && /does not exist|ResourceNotFound/i.test(`${error.name} ${error.message}`)) return 0
    throw error
  }
}

async function versionsOf(client: KafkaClient): Promise<readonly string[]> {
  const versions: string[] = []
  for await (const { KafkaVersions = [] } of paginateListKafkaVersions({ client }, {})) {
    versions.push(...KafkaVersions.flatMap(({ Version, Status }) => (Status === 'ACTIVE' && Version ? [Version] : [])))
  }
  return versions
}

async function brokersOf(client: KafkaClient): Promise<number> {
  let brokers = 0
  for await (const { ClusterInfoList = [] } of paginateListClustersV2({ client }, {})) {
    for (const { Provisioned } of ClusterInfoList) brokers += Provisioned?.NumberOfBrokerNodes ?? 0
  }
  return brokers
}

/** Asked of Athena, for which the commands have a client already. */
async function hasDatabase(athena: AthenaClient, DatabaseName: string): Promise<boolean> {
  try {
    await athena.send(new GetDatabaseCommand({ CatalogName: 'AwsDataCatalog', DatabaseName }))
    return true
  } catch (error) {
    if (error instanceof Error && /not found|EntityNotFound/i.test(`${error.name} ${error.message}`)) return false
    throw error
  }
}

async function hasBucket(s3: S3Client, Bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket }))
    return true
  } catch (error) {
    if (error instanceof Error && /NotFound|NoSuchBucket/.test(error.name)) return false
    throw error
  }
}
