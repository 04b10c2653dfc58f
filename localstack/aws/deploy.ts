import { mkdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { CreateBucketCommand, HeadBucketCommand, PutBucketTaggingCommand, type S3Client } from '@aws-sdk/client-s3'
import { STAGE_TAG, tagsOfBucket } from '../../lake/store/s3-stage-mark.ts'
import { PROJECT } from '../engine/paths.ts'
import type { ProcessRegistry } from '../process/process-registry.ts'
import { LOCAL_REGION, localEnvironment } from './local-aws.ts'

export interface DeployRequest {
  readonly endpoint: string
  /** `-c name=value` for each; infra/knobs.ts has the names. */
  readonly context: Readonly<Record<string, string>>
  /** Where the CDK CLI puts what it synthesizes and keeps its own files. */
  readonly scratch: string
  /** Where Node keeps what it has compiled: the CDK is half of a deployment's time. */
  readonly compileCache: string
  /** Where the functions' bundles are kept, by a name that says what they were made of. @default made anew */
  readonly bundles?: string
}

/** The account that emulators give to credentials that name none. */
const LOCAL_ACCOUNT = '000000000000'
/** Where the CDK CLI uploads code: the bucket that `cdk bootstrap` would make, with CDK's default qualifier. */
const ASSET_BUCKET = `cdk-hnb659fds-assets-${LOCAL_ACCOUNT}-${LOCAL_REGION}`

/** Synthesizes the app and deploys its stacks with the plain CDK CLI, as on AWS. */
export async function deployStacks(
  request: DeployRequest,
  { registry, s3, signal }: { readonly registry: ProcessRegistry; readonly s3: S3Client; readonly signal: AbortSignal },
): Promise<void> {
  mkdirSync(request.scratch, { recursive: true })
  await ensureBucket(s3, ASSET_BUCKET)
  const context = Object.entries(request.context).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const quiet = ['--require-approval', 'never', '--progress', 'events', '--method', 'direct', '--no-notices']
  await registry.run(
    {
      name: 'cdk-deploy',
      command: process.execPath,
      args: [cdkCli(), 'deploy', '--all', '--output', join(request.scratch, 'cdk.out'), ...quiet, ...context],
      cwd: PROJECT,
      env: cdkEnvironment(request),
    },
    signal,
  )
}

function cdkCli(): string {
  return join(PROJECT, 'node_modules', 'aws-cdk', 'bin', 'cdk')
}

/** Clean, so that no profile, region or role of the user's can send the local stage to a real account. */
function cdkEnvironment({ endpoint, scratch, compileCache, bundles }: DeployRequest): Record<string, string> {
  return {
    PATH: [dirname(process.execPath), join(PROJECT, 'node_modules', '.bin'), '/usr/bin', '/bin'].join(delimiter),
    HOME: scratch,
    CDK_HOME: scratch,
    NODE_COMPILE_CACHE: compileCache,
    ...(bundles ? { TICKERLAKE_BUNDLES: bundles } : {}),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CI: 'true',
    ...localEnvironment(endpoint),
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

async function ensureBucket(s3: S3Client, bucket: string): Promise<void> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }))
  } catch {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  }
}

/** Marks a bucket as a stage's: CloudFormation does it on AWS, and the emulators' makes buckets without their tags. */
export async function markBucket(s3: S3Client, bucket: string, stage: string): Promise<void> {
  const others = (await tagsOfBucket(s3, bucket)).filter(({ Key }) => Key !== STAGE_TAG)
  const TagSet = [...others, { Key: STAGE_TAG, Value: stage }]
  await s3.send(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet } }))
}
