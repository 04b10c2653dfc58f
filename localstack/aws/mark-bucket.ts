import { PutBucketTaggingCommand, type S3Client } from '@aws-sdk/client-s3'
import { STAGE_TAG, tagsOfBucket } from '../../lake/store/s3-stage-mark.ts'

/** Marks a bucket as a stage's: CloudFormation does it on AWS, and the emulators' makes buckets without their tags. */
export async function markBucket(s3: S3Client, bucket: string, stage: string): Promise<void> {
  const others = (await tagsOfBucket(s3, bucket)).filter(({ Key }) => Key !== STAGE_TAG)
  const TagSet = [...others, { Key: STAGE_TAG, Value: stage }]
  await s3.send(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet } }))
}
