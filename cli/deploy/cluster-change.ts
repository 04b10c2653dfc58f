/** What a deployment would change about a cluster that runs: MSK takes one change at a time, and CloudFormation replaces it for some. */
import { isDeepStrictEqual } from 'node:util'
import { resourcesOf, type Template } from './assembly.ts'

/** Parts of a cluster by the update of MSK's API that changes them. */
const UPDATES = {
  kafkaVersion: ['KafkaVersion'],
  zones: ['NumberOfBrokerNodes'],
  brokerInstance: ['BrokerNodeGroupInfo.InstanceType'],
  brokerStorageGb: ['BrokerNodeGroupInfo.StorageInfo'],
  'its configuration': ['ConfigurationInfo'],
  'its monitoring': ['EnhancedMonitoring', 'OpenMonitoring', 'LoggingInfo'],
  'who may log in': ['ClientAuthentication', 'EncryptionInfo.EncryptionInTransit'],
} as const

/** CloudFormation makes another cluster for these, of the same name, and MSK refuses the name. */
const REPLACED = {
  'its name': ['ClusterName'],
  'its subnets (zones, zoneIds, vpcCidr)': ['BrokerNodeGroupInfo.ClientSubnets'],
  'its security group': ['BrokerNodeGroupInfo.SecurityGroups'],
  'its key (encryption)': ['EncryptionInfo.EncryptionAtRest'],
} as const

export interface ClusterChange {
  /** Updates that MSK makes one after the other. */
  readonly updates: readonly string[]
  readonly replacedFor: readonly string[]
  /** It would leave ZooKeeper for KRaft, which MSK does in place for some clusters and not for this one. */
  readonly leavesZooKeeper: boolean
}

export function clusterChange(before: Template, after: Template): ClusterChange {
  const changes: ClusterChange[] = Object.entries(resourcesOf(before, 'AWS::MSK::Cluster')).map(([id, old]) => {
    const next = resourcesOf(after, 'AWS::MSK::Cluster')[id]
    if (next === undefined) return { updates: [], replacedFor: ['the kind of its brokers'], leavesZooKeeper: false }
    const changed = (paths: Readonly<Record<string, readonly string[]>>) =>
      Object.entries(paths)
        .filter(([, some]) => some.some((path) => !isDeepStrictEqual(at(old, path), at(next, path))))
        .map(([what]) => what)
    const kind = isExpress(old) === isExpress(next) ? [] : ['the kind of its brokers']
    const leavesZooKeeper = !isRaft(old) && isRaft(next) && !canMigrate(old)
    return { updates: changed(UPDATES), replacedFor: [...kind, ...changed(REPLACED)], leavesZooKeeper }
  })
  return {
    updates: changes.flatMap(({ updates }) => updates),
    replacedFor: changes.flatMap(({ replacedFor }) => replacedFor),
    leavesZooKeeper: changes.some(({ leavesZooKeeper }) => leavesZooKeeper),
  }
}

function isRaft(cluster: object): boolean {
  return String(at(cluster, 'KafkaVersion')).endsWith('.kraft')
}

/** MSK's guide, "Migrate from ZooKeeper to KRaft mode": three zones, 3.9.x, another instance than kafka.t3.small. */
function canMigrate(cluster: object): boolean {
  const isSmall = at(cluster, 'BrokerNodeGroupInfo.InstanceType') === 'kafka.t3.small'
  return Number(at(cluster, 'NumberOfBrokerNodes')) >= 3 && !isSmall && at(cluster, 'KafkaVersion') === '3.9.x'
}

function isExpress(cluster: object): boolean {
  return String(at(cluster, 'BrokerNodeGroupInfo.InstanceType')).startsWith('express.')
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)
}
