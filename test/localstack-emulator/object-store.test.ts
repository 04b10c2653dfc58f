/** LocalStack's S3 under what the lake leans on. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { PutCondition } from '../../lake/store/object-store.ts'
import { objectStoreContract } from '../contract/object-store.ts'
import { clientsOfTests, freshLake } from './engine.ts'

const ROUNDS = 20
const WRITERS = 16

const { store, bucket } = await freshLake()
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

objectStoreContract("LocalStack's S3", () => store)

describe('round after round, of sixteen writers at one key exactly one wins', () => {
  const winnersOf = async (key: string, condition: PutCondition): Promise<number> => {
    const bodies = Array.from({ length: WRITERS }, () => bytes(crypto.randomUUID()))
    const outcomes = await Promise.all(bodies.map((body) => store.put(key, body, { condition })))
    return outcomes.filter(({ kind }) => kind === 'written').length
  }

  test('where nothing is to be there (If-None-Match)', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      assert.equal(await winnersOf(`absent/${round}`, { kind: 'absent' }), 1)
    }
  })

  test('where the version once read is to be there (If-Match)', async () => {
    await store.put('matches', bytes('first'))
    for (let round = 0; round < ROUNDS; round++) {
      const etag = (await store.head('matches'))?.etag ?? ''
      assert.equal(await winnersOf('matches', { kind: 'matches', etag }), 1)
    }
  })
})

describe('checksums', () => {
  const s3 = new S3Client(clientsOfTests())
  const CRC32_OF_BARS = 'LXt6cQ=='

  test('the one that the SDK sends is kept, and given to whoever asks', async () => {
    await store.put('checksum/kept', bytes('bars'))

    const { ChecksumCRC32 } = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: 'checksum/kept', ChecksumMode: 'ENABLED' }),
    )

    assert.equal(ChecksumCRC32, CRC32_OF_BARS)
  })

  // In a bucket without versions LocalStack loses the object here: it keeps the entry and removes the bytes.
  test('a body that is not what its checksum says is refused, and the object stays what it was', async () => {
    const put = (Body: string) =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'checksum/true', Body, ChecksumCRC32: CRC32_OF_BARS }))
    await put('bars')

    await assert.rejects(put('bats'), { name: 'BadDigest' })

    assert.deepEqual((await store.get('checksum/true'))?.body, bytes('bars'))
  })
})
