/**
 * Whose lake a bucket is: its tag `stage`, which CloudFormation puts there with every deployment. A name that was typed
 * or configured wrong may lead to another stage's bucket; the bucket itself knows better.
 */
import { GetBucketTaggingCommand, type S3Client, type Tag } from '@aws-sdk/client-s3'

export const STAGE_TAG = 'stage'

/** The stage that a bucket is marked as; undefined where nobody has marked it. */
export async function stageOfBucket(s3: S3Client, bucket: string): Promise<string | undefined> {
  return (await tagsOfBucket(s3, bucket)).find(({ Key }) => Key === STAGE_TAG)?.Value
}

export async function tagsOfBucket(s3: S3Client, bucket: string): Promise<readonly Tag[]> {
  try {
    return (await s3.send(new GetBucketTaggingCommand({ Bucket: bucket }))).TagSet ?? []
  } catch (error) {
    // S3 has no empty answer to this question: it is an error.
    if (error instanceof Error && error.name === 'NoSuchTagSet') return []
    throw error
  }
}
