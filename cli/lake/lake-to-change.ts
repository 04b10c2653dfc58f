/** The lake of a command that changes something: AWS's by name alone, told before it is touched, and the one that was meant. */
import { S3Client } from '@aws-sdk/client-s3'
import { say as sayOnStderr } from '../../command/progress.ts'
import type { Deployment } from '../../lake/deployment.ts'
import type { Environment } from '../../lake/environment.ts'
import { TickerlakeError, UsageError } from '../../lake/errors.ts'
import type { Ledgers } from '../../lake/ledger/ledgers.ts'
import { ledgersOfStage } from '../../lake/ledger/ledgers.ts'
import { stageOfBucket } from '../../lake/store/s3-stage-mark.ts'
import { ledgersOf } from './lake-cluster.ts'
import { type Lake, lakeOf } from './open-lake.ts'
import { deploymentOf, isAws, type Target, targetOf } from './target.ts'

export interface LakeToChange extends Lake {
  readonly target: Target
}

type Say = (line: string) => void

/**
 * The target of a command that changes something; `stage` is its `--stage`. AWS has to be asked for by name; before
 * anything is changed, it is said which lake it will be, and its bucket has to be that stage's.
 */
export async function targetToChange(
  env: Environment,
  stage: string | undefined,
  say: Say = sayOnStderr,
): Promise<{ readonly target: Target; readonly deployment: Deployment }> {
  const target = targetMeant(env, stage)
  const deployment = await deploymentOf(target)
  say(`Changes the lake of ${placeOf(target, deployment)}.`)
  await checkBucket(target, deployment.bucket, say)
  return { target, deployment }
}

/** The same without a look at it: a lake on this machine, or a stage on AWS that was asked for by name. */
export function targetMeant(env: Environment, stage: string | undefined): Target {
  const target = targetOf(env, stage)
  if (!isAws(target) || stage !== undefined) return target
  throw new UsageError(
    'No local engine runs here, and this command changes a lake: start one with "npm run local", or name the stage on AWS with --stage NAME.',
  )
}

/** A lake to change. */
export async function openLakeToChange(env: Environment, stage: string | undefined): Promise<LakeToChange> {
  const { target, deployment } = await targetToChange(env, stage)
  return { ...lakeOf(target, deployment), target }
}

/** Its ledgers; those that another stage keeps are refused. */
export function ledgersToChange(lake: Lake, cluster: string): Ledgers {
  return ledgersOfStage(ledgersOf(lake, cluster), lake.deployment.stage)
}

/** `stage dev at AWS, account 123456789012, region eu-central-1, bucket tickerlake-dev-…`, from the deployment's own ARNs. */
function placeOf({ where, stage }: Target, { bucket, compactStateMachine }: Deployment): string {
  const [, , , region, account] = compactStateMachine.split(':')
  return `stage ${stage} at ${where}, account ${account}, region ${region}, bucket ${bucket}`
}

/** Refuses another stage's bucket. What cannot be known is said: an older lake has no mark, and a role may not read it. */
async function checkBucket({ clients, stage }: Target, bucket: string, say: Say): Promise<void> {
  const marked = await readMark(new S3Client(clients), bucket)
  if (marked.kind === 'unread') return say(`Whether the bucket is this stage's is not checked: ${marked.why}.`)
  if (marked.stage === undefined) {
    return say(`The bucket ${bucket} has no tag "stage", as older lakes have none; "npm run deploy" puts it there.`)
  }
  if (marked.stage === stage) return
  throw new TickerlakeError(
    'other-stage',
    `The stage ${stage} was asked for, and its bucket ${bucket} is marked as the lake of ${marked.stage} (its tag "stage"): nothing was changed. Give --stage ${marked.stage} if that lake is meant; if it is to be ${stage}'s from now on, mark it: aws s3api put-bucket-tagging --bucket ${bucket} --tagging TagSet=[{Key=stage,Value=${stage}}]`,
  )
}

type Mark =
  | { readonly kind: 'read'; readonly stage: string | undefined }
  | { readonly kind: 'unread'; readonly why: string }

async function readMark(s3: S3Client, bucket: string): Promise<Mark> {
  try {
    return { kind: 'read', stage: await stageOfBucket(s3, bucket) }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AccessDenied')) throw error
    return { kind: 'unread', why: `S3 refuses s3:GetBucketTagging on ${bucket}` }
  }
}
