import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam'
import { type IKey, Key } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { BARS_LANDING } from '../../lambdas/core/tables.ts'

export interface LakeBucketProps {
  /** How long landed files are kept. */
  readonly landingDays: number
  readonly encryption: 's3' | 'kms'
  /** Whether bucket and key outlive the stack. */
  readonly keep: boolean
}

/** Where Lambda's poller puts batches that it gave up; the path is Lambda's own. */
export const ON_FAILURE_PREFIX = 'aws/lambda'
export const LEDGER_PREFIX = 'ledger'
export const COMPACTION_PREFIX = 'compaction'
export const ATHENA_RESULTS_PREFIX = 'athena-results'

/** Older versions are an undo for mistakes; the ledger writes two a batch and needs none for long. */
const UNDO_DAYS = 30
const LEDGER_UNDO_DAYS = 1
const RESULT_DAYS = 7
const ON_FAILURE_DAYS = 90

/** The bucket of everything: private, encrypted, versioned, TLS only; grants name single verbs and prefixes. */
export class LakeBucket extends Construct {
  readonly bucket: Bucket
  readonly key: IKey | undefined

  constructor(scope: Construct, id: string, props: LakeBucketProps) {
    super(scope, id)
    const removalPolicy = props.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY
    const key =
      props.encryption === 'kms' ? new Key(this, 'Key', { enableKeyRotation: true, removalPolicy }) : undefined
    this.key = key
    this.bucket = new Bucket(this, 'Bucket', {
      ...(key
        ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy,
      lifecycleRules: lifecycle(props.landingDays),
    })
  }

  /** Reading objects below a prefix. Listing comes with it: without it S3 answers 403, not 404, where nothing is. */
  grantRead(grantee: IGrantable, prefix: string): void {
    this.grantObjects(grantee, prefix, ['s3:GetObject'])
    this.grantList(grantee)
    this.grantKey(grantee, 'kms:Decrypt')
  }

  grantWrite(grantee: IGrantable, prefix: string): void {
    this.grantObjects(grantee, prefix, ['s3:PutObject'])
    this.grantKey(grantee, 'kms:GenerateDataKey')
  }

  grantDelete(grantee: IGrantable, prefix: string): void {
    this.grantObjects(grantee, prefix, ['s3:DeleteObject'])
  }

  grantList(grantee: IGrantable): void {
    Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] })
  }

  private grantKey(grantee: IGrantable, action: string): void {
    if (this.key) Grant.addToPrincipal({ grantee, actions: [action], resourceArns: [this.key.keyArn] })
  }

  private grantObjects(grantee: IGrantable, prefix: string, actions: string[]): void {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [this.bucket.arnForObjects(`${prefix}/*`)] })
  }
}

function lifecycle(landingDays: number): LifecycleRule[] {
  return [
    { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    { id: 'landing', prefix: `${BARS_LANDING.prefix}/`, expiration: Duration.days(landingDays) },
    { id: 'athena-results', prefix: `${ATHENA_RESULTS_PREFIX}/`, expiration: Duration.days(RESULT_DAYS) },
    { id: 'on-failure', prefix: `${ON_FAILURE_PREFIX}/`, expiration: Duration.days(ON_FAILURE_DAYS) },
    {
      id: 'ledger-versions',
      prefix: `${LEDGER_PREFIX}/`,
      noncurrentVersionExpiration: Duration.days(LEDGER_UNDO_DAYS),
    },
    { id: 'versions', noncurrentVersionExpiration: Duration.days(UNDO_DAYS) },
  ]
}
