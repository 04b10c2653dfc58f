/**
 * List prices of us-east-1 in US dollars, without free tiers, credits and taxes; other regions are up to a third dearer.
 * Where each is from, and how it was checked, stands in docs/cost.md; a test holds the two together.
 */
export const PRICES = {
  region: 'us-east-1',
  /** The newest of the sources. */
  asOf: '2026-09',
  /** A month in hours, as AWS bills it. */
  hoursPerMonth: 730,
  msk: {
    brokerHour: {
      'kafka.t3.small': 0.0456,
      'kafka.m5.large': 0.21,
      'kafka.m7g.large': 0.204,
      'kafka.m7g.xlarge': 0.408,
      'express.m7g.large': 0.408,
      'express.m7g.xlarge': 0.816,
    } as Readonly<Record<string, number>>,
    storageGbMonth: 0.1,
    /** Express brokers bill what is written. */
    expressIngressGb: 0.01,
    serverless: { clusterHour: 0.75, partitionHour: 0.0015, storageGbMonth: 0.1, inGb: 0.1, outGb: 0.05 },
    connectUnitHour: 0.11,
    /** Private connectivity to other networks, for one way of logging in: what Firehose reads a closed cluster by. */
    linkHour: 0.0225,
    linkGb: 0.006,
  },
  lambda: { gbSecondArm: 0.0000133334, request: 0.2e-6, pollerUnitHour: 0.185 },
  s3: { gbMonth: 0.023, put: 5e-6, get: 0.4e-6 },
  cloudwatch: { alarmMetric: 0.1, metric: 0.3, dashboard: 3, logGb: 0.5 },
  kms: { keyMonth: 1 },
  vpc: { endpointZoneHour: 0.01 },
  stepFunctions: { transition: 25e-6 },
  scheduler: { start: 1e-6 },
  athena: { tb: 5 },
  /** Firehose with MSK as its source, and its conversion to Parquet. */
  firehose: { mskGb: 0.055, parquetGb: 0.018 },
} as const
