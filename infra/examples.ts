import { readFileSync } from 'node:fs'
import type { StageName } from './knob.ts'
import type { Context } from './stage.ts'

const CLUSTER_ARN = 'arn:aws:kafka:eu-central-1:123456789012:cluster/market/0a1b2c3d-4e5f-6789-abcd-ef0123456789-1'

/** A context for each stage with which it can be synthesized as it stands: no account, no cluster of yours needed. */
export const EXAMPLES: Readonly<Record<StageName, Context>> = {
  dev: { stage: 'dev' },
  prod: { stage: 'prod', alarmEmail: 'lake-watch@example.com', symbols: 'AAPL,BTC-USD', intervals: '1m,1d' },
  byo: {
    stage: 'byo',
    clusterArn: CLUSTER_ARN,
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
    securityGroupId: 'sg-0123456789abcdef0',
  },
  local: { stage: 'local', clusterArn: CLUSTER_ARN },
}

/** The feature flags of cdk.json, which only the CDK CLI reads by itself. */
export function featureFlags(): Context {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { readonly context: Context }
  return context
}
