/** Where setup.ts has started LocalStack and Kafka. */
import { randomUUID } from 'node:crypto'
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'

export const ENDPOINT = 'LOCALSTACK_TEST_ENDPOINT'
export const BROKERS = 'LOCALSTACK_TEST_BROKERS'

export const endpointOfTests = (): string => given(ENDPOINT)
export const brokersOfTests = (): readonly string[] => given(BROKERS).split(',')

function given(name: string): string {
  const value = process.env[name]
  if (value) return value
  throw new Error('No LocalStack runs for these tests; start them with npm run test:localstack.')
}

/** What SDK clients of a test are made with. */
export function clientsOfTests(region?: string) {
  return { ...localClientConfig(endpointOfTests()), ...(region ? { region } : {}), forcePathStyle: true }
}

/** An empty bucket, versioned as the lake's is, and the object store on it. */
export async function freshLake(): Promise<{ readonly store: S3ObjectStore; readonly bucket: string }> {
  const s3 = new S3Client(clientsOfTests())
  const bucket = `lake-${randomUUID()}`
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  return { store: new S3ObjectStore(s3, bucket), bucket }
}
