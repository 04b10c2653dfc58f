import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AnyPrincipal, Effect, Grant, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam'
import { type IKey, Key } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, type LifecycleRule } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { LAYOUT } from '../../lake/layout.ts'
import { excuse, logicalIdOf } from './excuse.ts'

export interface LakeBucketProps {
  readonly encryption: 's3' | 'kms'
  /** Whether bucket and key outlive the stack. */
  readonly keep: boolean
  /** Whether requests are logged into a second bucket. */
  readonly accessLogs: boolean
  /** A bucket that was kept when its stack went, to go on with. @default - a new one, named by CloudFormation */
  readonly bucketName?: string | undefined
  /** The key of that bucket. @default - a new one where encryption is kms */
  readonly keyArn?: string | undefined
}

/** Older versions are an undo for mistakes; the ledger writes two a batch and needs none for long. */
const UNDO_DAYS = 30
const LEDGER_UNDO_DAYS = 1
const RESULT_DAYS = 7
const RESULT_UNDO_DAYS = 1
const ACCESS_LOG_DAYS = 90
const ON_FAILURE_DAYS = 90
const PLAN_DAYS = 7
/** The request metrics of what Lambda gives up: S3 counts those requests alone. */
export const GIVEN_UP_FILTER = 'given-up'
/** Counted from a cursor's last step, and a run takes one with every batch: only what rests as long is forgotten. */
const RUN_CURSOR_DAYS = 30

interface RefusedWrite {
  readonly sid: string
  /** @default - everywhere in the bucket */
  readonly below?: string
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>
}

/**
 * The bucket of everything: private, encrypted, versioned, TLS only. Grants name single verbs and prefixes, where CDK's
 * own `grantRead` would give `s3:GetObject*`, `GetBucket*` and `List*`.
 */
export class LakeBucket extends Construct {
  readonly bucket: Bucket
  readonly key: IKey | undefined

  constructor(scope: Construct, id: string, props: LakeBucketProps) {
    super(scope, id)
    // A first deployment that fails leaves nothing behind that the second would stumble over.
    const removalPolicy = props.keep ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY
    const key = this.keyFor(props, removalPolicy)
    this.key = key
    this.bucket = new Bucket(this, 'Bucket', {
      ...(props.bucketName === undefined ? {} : { bucketName: props.bucketName }),
      ...(props.accessLogs ? { serverAccessLogsBucket: this.accessLogs(removalPolicy) as IBucket } : {}),
      ...(key
        ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy,
      lifecycleRules: lifecycle(),
      metrics: [{ id: GIVEN_UP_FILTER, prefix: `${LAYOUT.givenUp}/` }],
    })
    this.refuse(this.overwriting())
    this.refuse(this.foreignKeys())
    if (!props.accessLogs) {
      const reason =
        'Off by the knob accessLogs: logs of every request would outgrow a small lake; CloudTrail has the rest.'
      excuse(this.bucket, { 'AwsSolutions-S1': reason })
    }
  }

  private keyFor({ encryption, keyArn }: LakeBucketProps, removalPolicy: RemovalPolicy): IKey | undefined {
    if (encryption !== 'kms') return undefined
    if (keyArn !== undefined) return Key.fromKeyArn(this, 'Key', keyArn)
    return new Key(this, 'Key', { enableKeyRotation: true, removalPolicy }) as IKey
  }

  private refuse(writes: readonly RefusedWrite[]): void {
    for (const { sid, below = '', conditions } of writes) {
      this.bucket.addToResourcePolicy(
        new PolicyStatement({
          sid,
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: ['s3:PutObject'],
          resources: [this.bucket.arnForObjects(`${below}*`)],
          conditions,
        }),
      )
    }
  }

  /** A landed file is written once, a ledger by compare and swap: S3 holds everybody to it, whatever code they run. */
  private overwriting(): readonly RefusedWrite[] {
    const absent = (...headers: string[]) => ({
      Null: Object.fromEntries(headers.map((header) => [`s3:${header}`, 'true'])),
    })
    return [
      { sid: 'LandedOnce', below: `${LAYOUT.landing}/`, conditions: absent('if-none-match') },
      { sid: 'LedgerBySwap', below: `${LAYOUT.ledger}/`, conditions: absent('if-none-match', 'if-match') },
    ]
  }

  /** Objects under a key that is not ours could be taken away from us: by a key in the request, or another account's. */
  private foreignKeys(): readonly RefusedWrite[] {
    const header = 's3:x-amz-server-side-encryption'
    const ours = this.key
      ? {
          Null: { [`${header}-aws-kms-key-id`]: 'false' },
          StringNotEquals: { [`${header}-aws-kms-key-id`]: this.key.keyArn },
        }
      : { StringEquals: { [header]: ['aws:kms', 'aws:kms:dsse'] } }
    return [
      { sid: 'NoKeyInTheRequest', conditions: { Null: { [`${header}-customer-algorithm`]: 'false' } } },
      { sid: 'NoOtherKey', conditions: ours },
    ]
  }

  /** Log delivery writes with S3's own key only, so this bucket is never under KMS. */
  private accessLogs(removalPolicy: RemovalPolicy): Bucket {
    return new Bucket(this, 'AccessLogs', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy,
      lifecycleRules: [{ id: 'expire', expiration: Duration.days(ACCESS_LOG_DAYS) }],
    })
  }

  /**
   * Reading objects below a prefix. Listing comes with it, and of the whole bucket: without it, or with a condition on
   * the prefix, S3 answers 403, not 404, where nothing is.
   */
  grantRead(role: Role, prefix: string): void {
    this.grantObjects(role, prefix, 's3:GetObject')
    this.grantList(role)
    this.grantKey(role, 'kms:Decrypt')
  }

  grantWrite(role: Role, prefix: string): void {
    this.grantObjects(role, prefix, 's3:PutObject')
    this.grantKey(role, 'kms:GenerateDataKey')
  }

  grantReadWrite(role: Role, prefix: string): void {
    this.grantRead(role, prefix)
    this.grantWrite(role, prefix)
  }

  grantDelete(role: Role, prefix: string): void {
    this.grantObjects(role, prefix, 's3:DeleteObject')
  }

  grantList(role: Role): void {
    Grant.addToPrincipal({ grantee: role, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] })
  }

  private grantKey(role: Role, action: string): void {
    if (!this.key) return
    const { region, urlSuffix } = Stack.of(this)
    // The key serves S3 alone: nobody decrypts with it what is not an object of a bucket.
    const conditions = { StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` } }
    Grant.addToPrincipal({ grantee: role, actions: [action], resourceArns: [this.key.keyArn], conditions })
  }

  private grantObjects(role: Role, prefix: string, action: string): void {
    const resourceArns = [this.bucket.arnForObjects(`${prefix}/*`)]
    Grant.addToPrincipal({ grantee: role, actions: [action], resourceArns })
    const finding = `AwsSolutions-IAM5[Resource::<${logicalIdOf(this.bucket)}.Arn>/${prefix}/*]`
    excuse(role, { [finding]: `One verb on the objects below ${prefix}/, whose names are made at run time.` })
  }
}

/** Landed files have no rule: the compactor removes them, and knows which it has compacted (docs/decisions/0200). */
function lifecycle(): LifecycleRule[] {
  return [
    { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    {
      id: 'athena-results',
      prefix: `${LAYOUT.athenaResults}/`,
      expiration: Duration.days(RESULT_DAYS),
      noncurrentVersionExpiration: Duration.days(RESULT_UNDO_DAYS),
    },
    // A run deletes its plan; of one that failed it would stay.
    { id: 'plans', prefix: `${LAYOUT.compactionPlans}/`, expiration: Duration.days(PLAN_DAYS) },
    { id: 'on-failure', prefix: `${LAYOUT.givenUp}/`, expiration: Duration.days(ON_FAILURE_DAYS) },
    { id: 'replay-runs', prefix: `${LAYOUT.replayRuns}/`, expiration: Duration.days(RUN_CURSOR_DAYS) },
    {
      id: 'ledger-versions',
      prefix: `${LAYOUT.ledger}/`,
      noncurrentVersionExpiration: Duration.days(LEDGER_UNDO_DAYS),
    },
    // A delete leaves a marker, and every LIST passes the markers: those with no version left behind them go too.
    { id: 'versions', noncurrentVersionExpiration: Duration.days(UNDO_DAYS), expiredObjectDeleteMarker: true },
  ]
}
