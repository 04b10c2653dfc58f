/** Which Kafka cluster, and what the broker stack makes where none is given. */
import { choice, everywhere, flag, list, optional, text, whole } from '../knob.ts'

export const BROKER_KNOBS = {
  clusterArn: optional({
    doc: 'An MSK cluster that is there already; no broker stack is made then.',
    unit: 'ARN',
    cost: "saves the broker stack's price",
    like: /^arn:[\w-]+:kafka:[\w-]+:\d{12}:cluster\/[\w-]+\/[\w-]+$/,
    takes: "an MSK cluster's ARN like arn:aws:kafka:eu-central-1:123456789012:cluster/name/uuid",
  }),
  brokers: list({
    doc: 'Bootstrap list of a Kafka cluster that is not MSK.',
    unit: 'host:port, comma between',
    cost: "saves the broker stack's price",
    like: /^[\w.-]+:\d{1,5}$/,
    takes: 'host:port, several with a comma between',
  }),
  clusterName: text(
    {
      doc: 'Name of a cluster that has no ARN; part of the offset ledger’s path, so it must not change.',
      unit: 'name',
      cost: 'none',
      like: /^[\w-]{1,64}$/,
      takes: 'up to 64 letters, digits, - and _',
    },
    everywhere('kafka'),
  ),
  topic: text(
    {
      doc: 'Kafka topic of the bars.',
      unit: 'name',
      cost: 'none',
      like: /^[\w.-]{1,249}$/,
      takes: 'up to 249 letters, digits, dots, - and _',
    },
    everywhere('market.bars'),
  ),
  partitions: whole(
    {
      doc: 'Partitions of the topic that the broker stack makes. They can only grow; more let more consumers land side by side.',
      unit: 'partitions',
      cost: 'each lands its own file per batch window',
      min: 1,
      max: 200,
    },
    { local: 4, dev: 4, prod: 12, byo: 4 },
  ),
  topicDays: whole(
    {
      doc: 'How long the topic keeps records: the longest that the consumer may stand still without loss.',
      unit: 'days',
      cost: 'broker storage',
      min: 1,
      max: 90,
    },
    { local: 7, dev: 3, prod: 7, byo: 7 },
  ),
  brokerKind: choice(
    {
      doc: 'Brokers of the broker stack: standard ones, Express ones, or MSK Serverless.',
      unit: 'standard, express or serverless',
      cost: 'a month, before storage: 2 × kafka.t3.small $67, 3 × express.m7g.large $894, serverless $548',
      among: ['standard', 'express', 'serverless'],
    },
    { local: 'standard', dev: 'standard', prod: 'express', byo: 'standard' },
  ),
  brokerInstance: text(
    {
      doc: 'Instance type of the brokers; serverless has none.',
      unit: 'MSK instance type',
      cost: 'the largest line of the bill: docs/cost.md',
      like: /^(kafka|express)\.[a-z0-9]+\.[a-z0-9]+$/,
      takes: 'an MSK instance type like kafka.t3.small or express.m7g.large',
    },
    { local: 'kafka.t3.small', dev: 'kafka.t3.small', prod: 'express.m7g.large', byo: 'kafka.t3.small' },
  ),
  zones: whole(
    {
      doc: 'Availability zones, one broker in each. Three survive the loss of one without losing writes.',
      unit: 'zones',
      cost: 'one broker each, and $0.01 per GB that crosses zones on its way to a consumer',
      min: 2,
      max: 3,
    },
    { local: 2, dev: 2, prod: 3, byo: 2 },
  ),
  zoneIds: list({
    doc: 'Availability zones of the brokers by their ids, as many as `zones`, where the first ones of the region would not do.',
    unit: 'zone ids, comma between',
    cost: 'none',
    like: /^[a-z]{3,4}\d-az\d$/,
    takes: 'zone ids like use1-az1, several with a comma between',
  }),
  endpointZones: whole(
    {
      doc: 'In how many of the zones the endpoints stand that on-demand pollers call Lambda and STS by. From the other zones they are called across; where that one zone fails, nothing lands until it is back, and the topic waits.',
      unit: 'zones',
      cost: '$14.60 a month each, with minPollers=0 alone',
      min: 1,
      max: 3,
    },
    { local: 2, dev: 1, prod: 3, byo: 2 },
  ),
  brokerStorageGb: whole(
    {
      doc: 'Storage of each standard broker at first; it grows by itself to four times as much and never shrinks.',
      unit: 'GB',
      cost: '$0.10 per GB and month',
      min: 1,
      max: 16_384,
    },
    { local: 10, dev: 10, prod: 100, byo: 10 },
  ),
  kafkaVersion: optional({
    doc: 'Kafka version of the broker stack. Left out, it goes by the brokers: 3.9.x for kafka.t3.small, which runs no KRaft, 3.9.x.kraft for every other, which Kafka 4 takes over from.',
    unit: 'MSK version',
    cost: 'none',
    like: /^\d+\.\d+\.(x|\d+)(\.kraft)?$/,
    takes: 'an MSK version like 3.9.x or 3.9.x.kraft',
  }),
  openMonitoring: flag(
    {
      doc: 'Whether brokers offer their metrics to Prometheus, on ports 11001 and 11002.',
      unit: 'true or false',
      cost: 'none by itself',
    },
    { local: false, dev: false, prod: true, byo: false },
  ),
  vpcCidr: text(
    {
      doc: 'Addresses of the network that the broker stack makes.',
      unit: 'CIDR',
      cost: 'none',
      like: /^\d{1,3}(\.\d{1,3}){3}\/(1[6-9]|2[0-4])$/,
      takes: 'a CIDR block from /16 to /24 like 10.42.0.0/20',
    },
    everywhere('10.42.0.0/20'),
  ),
  vpcId: optional({
    doc: 'Network of a cluster of yours, which the producer joins; with subnetIds and securityGroupId.',
    unit: 'VPC id',
    cost: 'none',
    like: /^vpc-[0-9a-f]+$/,
    takes: 'a VPC id like vpc-0123456789abcdef0',
  }),
  subnetIds: list({
    doc: 'Subnets that the producer joins. They need a way to S3 and, for a cluster by ARN, to the MSK API.',
    unit: 'subnet ids, comma between',
    cost: 'none',
    like: /^subnet-[0-9a-f]+$/,
    takes: 'subnet ids like subnet-0123456789abcdef0, several with a comma between',
  }),
  securityGroupId: optional({
    doc: 'Security group that the producer gets; the cluster must let it in.',
    unit: 'security group id',
    cost: 'none',
    like: /^sg-[0-9a-f]+$/,
    takes: 'a security group id like sg-0123456789abcdef0',
  }),
  brokersSecretArn: optional({
    doc: 'Secret with username and password (SASL/SCRAM-SHA-512) for a cluster that is not MSK.',
    unit: 'ARN',
    cost: '$0.40 a month',
    like: /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+$/,
    takes: "a Secrets Manager secret's ARN",
  }),
}
