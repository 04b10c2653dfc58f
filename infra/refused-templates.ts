import type { App } from 'aws-cdk-lib'
import { Preflight } from 'cdk-preflight'

/** Rules of cdk-preflight that are wrong about our templates, each with the reason. */
const WRONG_ABOUT_US: Readonly<Record<string, string>> = {
  'pf-lambda-esm-bisect-batch-stream-only':
    'Kafka mappings in provisioned mode have bisecting since November 2025: Lambda’s guide, "Configuring error handling controls for Kafka event sources".',
  'pf-lambda-esm-sqs-minimum-pollers-min':
    'The rule is of SQS; Kafka’s least is 1: API reference of ProvisionedPollerConfig.',
  'pf-lambda-esm-sqs-maximum-pollers-min':
    'The rule is of SQS; Kafka’s least is 1: API reference of ProvisionedPollerConfig.',
}

/** Holds the stacks to what AWS has refused of other people's templates: a finding fails the synth. */
export function holdToRefusals(app: App): void {
  Preflight.apply(app, { exclude: Object.keys(WRONG_ABOUT_US) })
}
