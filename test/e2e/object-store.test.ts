import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { objectStoreContract } from '../contract/object-store.ts'
import { sharedEngine } from '../support/engine.ts'

const BUCKET = 'object-store-contract'
const { state } = await sharedEngine()
const s3 = new S3Client({ ...localClientConfig(state.endpoint), forcePathStyle: true })
await s3.send(new CreateBucketCommand({ Bucket: BUCKET }))

objectStoreContract("MiniStack's S3", () => new S3ObjectStore(s3, BUCKET))
