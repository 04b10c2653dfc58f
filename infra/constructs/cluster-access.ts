import { Fn, Stack } from 'aws-cdk-lib'
import { Grant, type IGrantable, type Role } from 'aws-cdk-lib/aws-iam'
import type { ClusterSource } from '../stage.ts'
import { excuse } from './excuse.ts'
import { refuseCode } from './lake-function.ts'

/** MSK's IAM rights on one cluster, one topic and one consumer group; a cluster without an ARN knows no IAM. */
export interface ClusterAccess {
  readonly source: ClusterSource
  readonly topic: string
}

/** Sending: idempotence is a right of its own, on the cluster. */
export function grantSend(grantee: IGrantable, { source, topic }: ClusterAccess): void {
  if (source.kind !== 'arn') return
  allow(grantee, ['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'], source.arn)
  if (source.brokers === undefined) allow(grantee, ['kafka:GetBootstrapBrokers'], source.arn)
  allow(grantee, ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], topicArn(source.arn, topic))
}

/** What Lambda's poller does with the consumer's role, for a mapping has none of its own; the function's code does none of it. */
export function grantConsume(role: Role, { source, topic }: ClusterAccess, group: string): void {
  if (source.kind !== 'arn') return
  const poller = ['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers']
  const connect = ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration']
  const rights: readonly (readonly [actions: string[], resource: string])[] = [
    [[...poller, ...connect], source.arn],
    [['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], topicArn(source.arn, topic)],
    [['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], groupArn(source.arn, group)],
  ]
  for (const [actions, resource] of rights) {
    allow(role, actions, resource)
    refuseCode(role, actions, [resource])
  }
}

/** A cluster of ours: its name is known before MSK has made it, the id at the end of its ARN is not. */
export interface NamedCluster {
  readonly name: string
  readonly arn: string
}

export function grantAskForBrokers(role: Role, { name }: NamedCluster): void {
  allowByName(role, ['kafka:GetBootstrapBrokers'], `cluster/${name}/*`)
}

/** Making and growing a topic; deleting one is not among them. */
export function grantManageTopic(role: Role, { name }: NamedCluster, topic: string): void {
  allowByName(role, ['kafka-cluster:Connect'], `cluster/${name}/*`)
  const changes = ['CreateTopic', 'AlterTopic', 'AlterTopicDynamicConfiguration']
  const looks = ['DescribeTopic', 'DescribeTopicDynamicConfiguration']
  allowByName(
    role,
    [...changes, ...looks].map((each) => `kafka-cluster:${each}`),
    `topic/${name}/*/${topic}`,
  )
}

/** On what is known by the cluster's name: such a right is half an hour old when a new cluster is ready, so IAM knows it. */
function allowByName(role: Role, actions: string[], resource: string): void {
  const { partition, region, account } = Stack.of(role)
  allow(role, actions, `arn:${partition}:kafka:${region}:${account}:${resource}`)
  const finding = `arn:<AWS::Partition>:kafka:<AWS::Region>:<AWS::AccountId>:${resource}`
  const reason = 'The one cluster of this name; its ARN ends with an id that MSK makes.'
  excuse(role, { [`AwsSolutions-IAM5[Resource::${finding}]`]: reason })
}

function allow(grantee: IGrantable, actions: string[], resourceArn: string): void {
  Grant.addToPrincipal({ grantee, actions, resourceArns: [resourceArn] })
}

/** `…:cluster/name/uuid` → `…:topic/name/uuid/market.bars`. */
function topicArn(clusterArn: string, topic: string): string {
  return `${ofCluster(clusterArn, 'topic')}/${topic}`
}

function groupArn(clusterArn: string, group: string): string {
  return `${ofCluster(clusterArn, 'group')}/${group}`
}

function ofCluster(clusterArn: string, kind: 'topic' | 'group'): string {
  const parts = Fn.split(':cluster/', clusterArn, 2)
  return `${Fn.select(0, parts)}:${kind}/${Fn.select(1, parts)}`
}
