/** Every knob of the deployment. docs/deploy.md has this list as a table; `-c name=value` turns one. */
import { choice, everywhere, flag, list, optional, text, whole } from './knob.ts'

const LAKE_KNOBS = {
  database: text(
    {
      doc: 'Glue database of the tables. Two stages in one account and region need two names.',
      unit: 'name',
      cost: 'none',
      like: /^[a-z][a-z0-9_]{0,62}$/,
      takes: 'lower-case letters, digits and _, a letter first',
    },
    { local: 'tickerlake', dev: 'tickerlake_dev', prod: 'tickerlake', byo: 'tickerlake' },
  ),
  landingDays: whole(
    {
      doc: 'How long landed files are kept. Athena lists this many days where a query does not name dt.',
      unit: 'days',
      cost: 'S3 storage, and one LIST per day and unpruned query',
      min: 2,
      max: 3650,
    },
    { local: 30, dev: 30, prod: 365, byo: 90 },
  ),
  barsFromMonth: text(
    {
      doc: 'Oldest month of `bars` that Athena looks for. Bars before it are kept but not seen.',
      unit: 'yyyy-mm',
      cost: 'one LIST per month and unpruned query: 780 from 1962 are $0.004',
      like: /^(18|19|20)\d\d-(0[1-9]|1[0-2])$/,
      takes: 'a month like 1962-01',
    },
    everywhere('1962-01'),
  ),
  encryption: choice(
    {
      doc: "At-rest encryption of the lake: S3's own keys, or a KMS key of the stack that can be withdrawn and audited.",
      unit: 's3 or kms',
      cost: 'kms: $1 a month and $0.03 per 10,000 calls (bucket keys keep calls few)',
      among: ['s3', 'kms'],
    },
    { local: 's3', dev: 's3', prod: 'kms', byo: 's3' },
  ),
  keepOnDestroy: flag(
    {
      doc: 'Whether `cdk destroy` leaves the bucket, its key and the database behind.',
      unit: 'true or false',
      cost: 'what is left behind goes on costing its storage',
    },
    { local: false, dev: true, prod: true, byo: true },
  ),
  scanLimitMb: whole(
    {
      doc: 'Athena ends a query that has scanned more than this.',
      unit: 'MB',
      cost: 'the most that one query can cost is $5 per 1,000,000 MB',
      min: 10,
      max: 10_000_000,
    },
    { local: 100_000, dev: 10_000, prod: 100_000, byo: 10_000 },
  ),
}

const CLUSTER_KNOBS = {
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
}

const PRODUCER_KNOBS = {
  schedule: flag(
    {
      doc: 'Whether the producer runs every minute; off, it runs when invoked by hand.',
      unit: 'true or false',
      cost: 'on: 43,800 invocations a month of up to a minute each',
    },
    { local: false, dev: true, prod: true, byo: true },
  ),
  everySeconds: whole(
    { doc: 'Pause between two sessions of the replay.', unit: 'seconds', cost: 'none', min: 1, max: 60 },
    everywhere(5),
  ),
  speed: text(
    {
      doc: 'Sessions sent per pause: 1 is a session every everySeconds, max is as fast as the broker takes them.',
      unit: 'sessions, or max',
      cost: 'more records a second land in more and larger files',
      like: /^(max|[1-9]\d{0,4})$/,
      takes: 'a whole number from 1 to 99999, or max',
    },
    everywhere('1'),
  ),
  atEnd: choice(
    {
      doc: 'What the producer does at the end of history: rest, or begin again.',
      unit: 'rest or loop',
      cost: 'loop lands the same history again and again',
      among: ['rest', 'loop'],
    },
    everywhere('rest'),
  ),
}

const CONSUMER_KNOBS = {
  batchSize: whole(
    {
      doc: 'Most records of one invocation; Lambda also stops at 6 MB.',
      unit: 'records',
      cost: 'larger: fewer, larger files and invocations',
      min: 1,
      max: 10_000,
    },
    everywhere(10_000),
  ),
  batchWindowSeconds: whole(
    {
      doc: 'How long records are gathered before an invocation: the freshness of the lake.',
      unit: 'seconds',
      cost: 'two PUTs per window and partition: at 60 s $0.43 a month per partition, at 5 s $5.20',
      min: 0,
      max: 300,
    },
    { local: 1, dev: 60, prod: 60, byo: 60 },
  ),
}

export const KNOBS = {
  ...LAKE_KNOBS,
  ...CLUSTER_KNOBS,
  ...PRODUCER_KNOBS,
  ...CONSUMER_KNOBS,
  logDays: choice(
    {
      doc: 'How long logs are kept.',
      unit: 'days',
      cost: '$0.03 per GB and month',
      among: ['7', '30', '90', '365'],
    },
    { local: '7', dev: '7', prod: '90', byo: '30' },
  ),
}
