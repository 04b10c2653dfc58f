import { homedir } from 'node:os'
import { join } from 'node:path'
import {
  CliCredentialsStackSynthesizer,
  DefaultStackSynthesizer,
  type IStackSynthesizer,
  Stack,
  Tags,
} from 'aws-cdk-lib'
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { makeFolder } from '../command/folder.ts'
import { clusterNameOf, consumerGroupOf, type StackWord, stackNameOf } from '../lake/deployment.ts'
import { UsageError } from '../lake/errors.ts'
import type { WatchedCluster } from './constructs/broker-metrics.ts'
import { BrokerStack } from './stacks/broker-stack.ts'
import { LakeStack } from './stacks/lake-stack.ts'
import { PipelineStack } from './stacks/pipeline-stack.ts'
import { WatchStack } from './stacks/watch-stack.ts'
import { type ClusterSource, givenCluster, type Stage } from './stage.ts'

/** The stacks of a stage, wired: what keeps data apart from what may be thrown away. */
export function makeStacks(scope: Construct, stage: Stage): void {
  refuseEndlessHome()
  wire(scope, stage)
  for (const stack of scope.node.children.filter((child) => Stack.isStack(child))) {
    tagAll(stack, stage)
    boundRoles(stack, stage)
  }
}

/** CDK keeps below the home folder what it has hashed. It does without where it may not, but never ends where no folder can be. */
function refuseEndlessHome(): void {
  const home = homedir()
  try {
    makeFolder(join(home, '.cdk', 'cache', 'fingerprints'))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') return
    throw new UsageError(
      `CDK keeps a cache in the home folder, and HOME is ${home}, where no folder can be made. Set HOME to a folder of yours.`,
      { cause },
    )
  }
}

function wire(scope: Construct, stage: Stage): void {
  const idOf = (word: StackWord): string => stackNameOf(stage.name, word)
  const props = { stage, synthesizer: synthesizerOf(stage) }
  const kept = { ...props, terminationProtection: stage.name === 'prod' }

  const { lake } = new LakeStack(scope, idOf('lake'), kept)
  const given = givenCluster(stage)
  const kafka = given ? { cluster: given } : new BrokerStack(scope, idOf('broker'), kept)
  const { watched } = new PipelineStack(scope, idOf('pipeline'), { ...props, lake, kafka })
  if (stage.name === 'local') return
  // By its name go MSK's metrics; another kind of cluster has none.
  const clusterName = given ? givenName(given) : (kafka as BrokerStack).clusterName
  const cluster = clusterName === undefined ? undefined : watchedCluster(stage, clusterName)
  new WatchStack(scope, idOf('watch'), { ...props, watched, cluster })
}

function watchedCluster(stage: Stage, clusterName: string): WatchedCluster {
  return { clusterName, brokers: stage.zones, topic: stage.topic, group: consumerGroupOf(stage.name) }
}

function givenName(cluster: ClusterSource): string | undefined {
  return cluster.kind === 'arn' ? clusterNameOf({ clusterArn: cluster.arn }) : undefined
}

/** An emulator needs no bootstrap stack with its roles: the asset bucket alone will do, and saves `cdk bootstrap`'s 5 s. */
function synthesizerOf(stage: Stage): IStackSynthesizer {
  const made = stage.name === 'local' ? new CliCredentialsStackSynthesizer() : new DefaultStackSynthesizer()
  // CDK's classes say `string | undefined` where its interfaces say `?: string`, which strict TypeScript tells apart.
  return made as IStackSynthesizer
}

/** Another tag would be another cluster: MSK Serverless takes them when it is made and never again. */
const TAGGED_ONCE = ['AWS::MSK::ServerlessCluster']

/**
 * Tags every resource that takes tags. `app` and `stage` never change, so that anything may have them; a change of the
 * others goes to what can be tagged again, and not to the stack, which would hand it to everything in it.
 */
function tagAll(stack: Stack, { name, owner, costCentre }: Stage): void {
  const tags = Tags.of(stack)
  tags.add('app', 'tickerlake')
  tags.add('stage', name)
  const changing = { excludeResourceTypes: ['aws:cdk:stack', ...TAGGED_ONCE] }
  if (owner !== undefined) tags.add('owner', owner, changing)
  if (costCentre !== undefined) tags.add('cost-centre', costCentre, changing)
}

/** Bounds every role of a stack, those too that CDK makes. */
function boundRoles(stack: Stack, { permissionsBoundary }: Stage): void {
  if (permissionsBoundary === undefined) return
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', permissionsBoundary))
}
