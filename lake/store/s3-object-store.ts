import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { fullMessageOf, TickerlakeError } from '../errors.ts'
import {
  ObjectChangedError,
  type ObjectHead,
  type ObjectStore,
  type ObjectSummary,
  type PutCondition,
  type PutOptions,
  type PutOutcome,
  type RangeOptions,
  type StoredObject,
} from './object-store.ts'

/** One S3 bucket as the lake's object store. Conditions are S3's `If-None-Match: *` and `If-Match` (AWS, "Conditional writes"). */
export class S3ObjectStore implements ObjectStore {
  readonly #s3: S3Client
  readonly #bucket: string

  constructor(s3: S3Client, bucket: string) {
    this.#s3 = s3
    this.#bucket = bucket
  }

  async get(key: string): Promise<StoredObject | undefined> {
    return this.#orUndefined('get', key, async () => {
      const answer = await this.#s3.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }))
      const body = (await answer.Body?.transformToByteArray()) ?? new Uint8Array()
      return { ...headOf(answer), body, size: body.length }
    })
  }

  async head(key: string): Promise<ObjectHead | undefined> {
    return this.#orUndefined('head', key, async () =>
      headOf(await this.#s3.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }))),
    )
  }

  async getRange(key: string, start: number, end: number, { ifMatch }: RangeOptions = {}): Promise<Uint8Array> {
    if (end <= start) return new Uint8Array()
    const condition = ifMatch === undefined ? {} : { IfMatch: ifMatch }
    const command = new GetObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      Range: `bytes=${start}-${end - 1}`,
      ...condition,
    })
    try {
      const answer = await this.#s3.send(command)
      return (await answer.Body?.transformToByteArray()) ?? new Uint8Array()
    } catch (error) {
      const isChanged = ifMatch !== undefined && (statusOf(error) === 412 || isNoSuchKey(error))
      throw isChanged ? new ObjectChangedError(key, { cause: error }) : this.#storeError('get', key, error)
    }
  }

  async put(key: string, body: Uint8Array, options: PutOptions = {}): Promise<PutOutcome> {
    const command = new PutObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      Body: body,
      ContentType: options.contentType ?? 'application/octet-stream',
      Metadata: { ...options.metadata },
      ...conditionHeaders(options.condition),
    })
    try {
      const { ETag } = await this.#s3.send(command)
      return { kind: 'written', etag: ETag ?? '' }
    } catch (error) {
      if (isConditionFailure(error, options.condition)) return { kind: 'condition-failed' }
      throw this.#storeError('put', key, error)
    }
  }

  async *list(prefix: string, options: { readonly startAfter?: string } = {}): AsyncGenerator<ObjectSummary> {
    let page = await this.#page(prefix, options.startAfter ? { StartAfter: options.startAfter } : {})
    while (true) {
      for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
        const modifiedAt = LastModified && { modifiedAt: LastModified.getTime() }
        yield { key: Key ?? '', size: Size ?? 0, etag: ETag ?? '', ...modifiedAt }
      }
      if (!page.NextContinuationToken) return
      page = await this.#page(prefix, { ContinuationToken: page.NextContinuationToken })
    }
  }

  async delete(key: string): Promise<void> {
    await this.#named('delete', key, () => this.#s3.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key })))
  }

  #page(prefix: string, from: Pick<ListObjectsV2CommandInput, 'StartAfter' | 'ContinuationToken'>) {
    const command = new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: prefix, ...from })
    return this.#named('list', prefix, () => this.#s3.send(command))
  }

  async #orUndefined<T>(verb: string, key: string, act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act()
    } catch (error) {
      if (isNoSuchKey(error)) return undefined
      throw this.#storeError(verb, key, error)
    }
  }

  async #named<T>(verb: string, key: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      throw this.#storeError(verb, key, error)
    }
  }

  /**
   * 409 is S3's word for "a conditional write is under way at this key, try again"; 429 and 5xx are overload;
   * an error without a status never got an answer. All of those may be tried again.
   */
  #storeError(verb: string, key: string, cause: unknown): TickerlakeError {
    const status = statusOf(cause)
    const retryable = status === undefined || status === 409 || status === 429 || status >= 500
    const said = fullMessageOf(cause)
    const message = `S3 could not ${verb} s3://${this.#bucket}/${key}: ${said}`
    return new TickerlakeError('object-store', message, { retryable, cause })
  }
}

interface AnswerHead {
  readonly ContentLength?: number | undefined
  readonly ETag?: string | undefined
  readonly Metadata?: Record<string, string> | undefined
}

function headOf({ ContentLength, ETag, Metadata }: AnswerHead): ObjectHead {
  return { size: ContentLength ?? 0, etag: ETag ?? '', metadata: Metadata ?? {} }
}

function conditionHeaders(condition: PutCondition | undefined): { IfNoneMatch?: string; IfMatch?: string } {
  if (!condition) return {}
  return condition.kind === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.etag }
}

/** 412 says the condition does not hold; so does the 404 that S3 gives to `If-Match` where no object is. */
function isConditionFailure(error: unknown, condition: PutCondition | undefined): boolean {
  return statusOf(error) === 412 || (condition?.kind === 'matches' && isNoSuchKey(error))
}

function isNoSuchKey(error: unknown): boolean {
  return statusOf(error) === 404 && !(error instanceof S3ServiceException && error.name === 'NoSuchBucket')
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
}
