import { CreateClusterCommand, type KafkaClient, ListClustersCommand } from '@aws-sdk/client-kafka'
import { EngineError } from '../engine/engine-error.ts'

/** The MSK cluster of this name as AWS knows it, made where there is none. Its brokers are the engine's. */
export async function ensureCluster(kafka: KafkaClient, name: string): Promise<string> {
  const { ClusterInfoList = [] } = await kafka.send(new ListClustersCommand({ ClusterNameFilter: name }))
  const existing = ClusterInfoList.find(({ ClusterName }) => ClusterName === name)?.ClusterArn
  if (existing) return existing
  const { ClusterArn } = await kafka.send(
    new CreateClusterCommand({
      ClusterName: name,
      KafkaVersion: '4.1.x.kraft',
      NumberOfBrokerNodes: 1,
      BrokerNodeGroupInfo: { ClientSubnets: ['subnet-00000000'], InstanceType: 'kafka.t3.small' },
    }),
  )
  if (ClusterArn) return ClusterArn
  throw new EngineError(`The AWS endpoint made no MSK cluster ${name}; it gave no ARN.`)
}
