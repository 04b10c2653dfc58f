import { Fn } from 'aws-cdk-lib'
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam'
import type { ClusterSource } from '../stage.ts'

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

/** What Lambda's poller does with the consumer's role. */
export function grantConsume(grantee: IGrantable, { source, topic }: ClusterAccess, group: string): void {
  if (source.kind !== 'arn') return
  const poller = ['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers']
  const connect = ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration']
  allow(grantee, [...poller, ...connect], source.arn)
  allow(grantee, ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], topicArn(source.arn, topic))
  allow(grantee, ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], groupArn(source.arn, group))
}

/** Making and growing a topic; deleting one is not among them. */
export function grantManageTopic(grantee: IGrantable, { source, topic }: ClusterAccess): void {
  if (source.kind !== 'arn') return
  allow(grantee, ['kafka-cluster:Connect'], source.arn)
  const changes = ['CreateTopic', 'AlterTopic', 'AlterTopicDynamicConfiguration']
  const looks = ['DescribeTopic', 'DescribeTopicDynamicConfiguration']
  allow(
    grantee,
    [...changes, ...looks].map((each) => `kafka-cluster:${each}`),
    topicArn(source.arn, topic),
  )
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
