/** What the lake keeps, for how long, and what a query of it may cost. */
import { choice, everywhere, flag, optional, text, whole } from '../knob.ts'

export const LAKE_KNOBS = {
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
      doc: 'How long landed files are kept; they go when they are compacted as well. Athena lists this many days where a query does not name dt.',
      unit: 'days',
      cost: 'S3 storage, and one LIST per day and unpruned query',
      min: 2,
      max: 3650,
    },
    { local: 30, dev: 30, prod: 365, byo: 90 },
  ),
  barsFromMonth: text(
    {
      doc: 'Oldest month of `forecasts` and `forecast_scores` that Athena looks for; `bars` is found as far back as it reaches.',
      unit: 'yyyy-mm',
      cost: 'one LIST per month and unpruned query: 780 from 1962 are $0.004',
      like: /^(18|19|20)\d\d-(0[1-9]|1[0-2])$/,
      takes: 'a month like 1962-01',
    },
    everywhere('1962-01'),
  ),
  snapshotDays: whole(
    {
      doc: 'How long the snapshots of `bars` are kept: as far back it can be queried as it was, and rolled back.',
      unit: 'days',
      cost: 'S3 storage of the files that were replaced meanwhile',
      min: 1,
      max: 365,
    },
    everywhere(5),
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
      doc: 'Whether `cdk destroy` leaves the bucket and its key behind.',
      unit: 'true or false',
      cost: 'what is left behind goes on costing its storage',
    },
    { local: false, dev: true, prod: true, byo: true },
  ),
  bucketName: optional({
    doc: 'A bucket that an earlier deployment left behind, to go on with; to be given again with every deployment after that.',
    unit: 'name',
    cost: 'none',
    like: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    takes: 'the name of a bucket',
  }),
  lakeKeyArn: optional({
    doc: 'The KMS key of that bucket, where it has one.',
    unit: 'ARN',
    cost: 'none beyond the key’s own $1 a month',
    like: /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
    takes: "a KMS key's ARN",
  }),
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
  emulator: choice(
    {
      doc: "What the stage local is deployed to. LocalStack's free edition has neither Glue nor Athena nor mappings of Kafka: they are left out, and the mapping is described in an output instead.",
      unit: 'name',
      cost: 'none',
      among: ['ministack', 'localstack'],
    },
    everywhere('ministack'),
  ),
  accessLogs: flag(
    {
      doc: 'Whether every request to the bucket is logged, into a second bucket.',
      unit: 'true or false',
      cost: 'S3 storage of about 500 bytes a request, kept 90 days',
    },
    { local: false, dev: false, prod: true, byo: false },
  ),
}
