import { CliCredentialsStackSynthesizer, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { clusterNameOf, consumerGroupOf, type StackWord, stackNameOf } from '../lake/deployment.ts'
import type { WatchedCluster } from './constructs/broker-metrics.ts'
import { boundRoles, tagAll } from './constructs/whole-stage.ts'
import { BrokerStack } from './stacks/broker-stack.ts'
import { LakeStack } from './stacks/lake-stack.ts'
import { PipelineStack } from './stacks/pipeline-stack.ts'
import { WatchStack } from './stacks/watch-stack.ts'
import { type ClusterSource, givenCluster, type Stage } from './stage.ts'

/** The stacks of a stage, wired: what keeps data apart from what may be thrown away. */
export function makeStacks(scope: Construct, stage: Stage): void {
  wire(scope, stage)
  for (const stack of scope.node.children.filter((child) => Stack.isStack(child))) {
    tagAll(stack, stage)
    boundRoles(stack, stage)
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
