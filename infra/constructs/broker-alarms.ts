/** What is worth an alarm of brokers that the broker stack made; those of a cluster of yours are yours to watch. */
import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { givenCluster, type Stage } from '../stage.ts'
import type { BrokerMetrics } from './broker-metrics.ts'
import type { Watches } from './watched-alarm.ts'

const PERIOD = Duration.minutes(5)
const { LESS_THAN_THRESHOLD } = ComparisonOperator
const { BREACHING } = TreatMissingData

/** Storage begins to grow at 60 %; growing again takes six hours at least. */
const DISK_PERCENT = 85
/** Of the 576 that a t3.small can save up; it earns 24 an hour, and at 0 it has a fifth of its CPU. */
const CREDITS = 50
/** What MSK's guide asks to stay below, so that one broker can be missed. */
const CPU_PERCENT = 60
/** $50 a month. */
const EXPRESS_STORAGE_GB = 500

export function brokerWatches(stage: Stage, brokers: BrokerMetrics | undefined): Watches {
  if (!brokers || givenCluster(stage) || stage.brokerKind === 'serverless') return {}
  return { ...anyBroker(brokers), ...(stage.brokerKind === 'express' ? express(brokers) : standard(stage, brokers)) }
}

function anyBroker(brokers: BrokerMetrics): Watches {
  return {
    BrokersUnwell: {
      says: 'The cluster has no controller, so that no partition finds a new leader.',
      metric: brokers.cluster('ActiveControllerCount', 'Maximum', PERIOD),
      threshold: 1,
      comparisonOperator: LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: BREACHING,
    },
    BrokerCpu: {
      says: `A broker uses more than ${CPU_PERCENT} % of its CPU.`,
      metric: brokers.cpu(PERIOD),
      threshold: CPU_PERCENT,
      evaluationPeriods: 6,
    },
  }
}

function standard({ brokerInstance }: Stage, brokers: BrokerMetrics): Watches {
  const credits: Watches = {
    BrokerCredits: {
      says: 'A t3 broker has used up its CPU credits and runs at a fifth of its speed.',
      metric: brokers.least('CPUCreditBalance', PERIOD),
      threshold: CREDITS,
      comparisonOperator: LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
    },
  }
  return {
    ...(brokerInstance.startsWith('kafka.t3.') ? credits : {}),
    BrokerDisk: {
      says: `A broker's disk is more than ${DISK_PERCENT} % full; a full one stops the broker.`,
      metric: brokers.most('KafkaDataLogsDiskUsed', PERIOD),
      threshold: DISK_PERCENT,
    },
    PartitionsOffline: {
      says: 'Partitions have no leader: nobody can write or read them.',
      metric: brokers.cluster('OfflinePartitionsCount', 'Maximum', PERIOD),
    },
    PartitionsUnderReplicated: {
      says: 'Partitions have fewer copies than they should.',
      metric: brokers.most('UnderReplicatedPartitions', PERIOD),
      evaluationPeriods: 6,
    },
  }
}

function express(brokers: BrokerMetrics): Watches {
  return {
    BrokerThrottled: {
      says: 'Express brokers slow the producer down: it sends more than their size takes.',
      metric: brokers.most('ProduceThrottleTime', PERIOD),
      evaluationPeriods: 3,
    },
    BrokerStorage: {
      says: `An Express broker keeps more than ${EXPRESS_STORAGE_GB} GB, which is billed by the GB.`,
      metric: brokers.most('StorageUsed', PERIOD),
      threshold: EXPRESS_STORAGE_GB * 1e9,
      evaluationPeriods: 3,
    },
  }
}
