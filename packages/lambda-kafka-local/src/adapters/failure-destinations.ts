/** On-failure destinations: an S3 bucket, an SQS queue, an SNS topic, or a topic of the same cluster. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { failureKey, failureRecord, type RequestStamp } from '../core/failure-record.ts'
import type { Destination, Mapping } from '../core/mapping.ts'
import type { Discard } from '../core/retry-policy.ts'
import { type FailureDestination, Undeliverable } from '../ports.ts'
import type { AwsSettings } from './aws-settings.ts'
import type { Security } from './kafka-security.ts'
import { optionalPeer } from './optional-peer.ts'
import { isStatusOfCaller, statusOf } from './service-errors.ts'

export interface DestinationProps {
  readonly aws: AwsSettings
  readonly security: Security
  readonly clock: Clock
}

type Send = (discard: Discard, mapping: Mapping) => Promise<void>
type Kind = Destination['kind']

/** Each kind's client is made once, when the first mapping asks for it: most need none of the SDK's packages. */
export function failureDestinations(props: DestinationProps): FailureDestination {
  const sends = new Map<Kind, Promise<Send>>()
  const sendOf = (kind: Kind): Promise<Send> => {
    const send = sends.get(kind) ?? MAKERS[kind](props)
    sends.set(kind, send)
    return send
  }
  return {
    async prepare({ onFailure }) {
      if (onFailure) await sendOf(onFailure.kind)
    },
    async deliver(discard, mapping) {
      if (!mapping.onFailure) return
      const send = await sendOf(mapping.onFailure.kind)
      try {
        await send(discard, mapping)
      } catch (error) {
        throw isStatusOfCaller(statusOf(error)) ? new Undeliverable(error) : error
      }
    },
  }
}

const MAKERS: Readonly<Record<Kind, (props: DestinationProps) => Promise<Send>>> = {
  s3: makeS3,
  sqs: makeSqs,
  sns: makeSns,
  kafka: makeKafka,
}

function stampAt(clock: Clock): RequestStamp {
  return { requestId: randomUUID(), at: clock.now() }
}

async function makeS3({ aws, clock }: DestinationProps): Promise<Send> {
  const load = () => import('@aws-sdk/client-s3')
  const { PutObjectCommand, S3Client } = await optionalPeer('@aws-sdk/client-s3', 'A bucket for what fails', load)
  const client = new S3Client({ ...aws, forcePathStyle: aws.endpoint !== undefined })
  return async (discard, mapping) => {
    const stamp = stampAt(clock)
    await client.send(
      new PutObjectCommand({
        Bucket: mapping.onFailure?.kind === 's3' ? mapping.onFailure.bucket : undefined,
        Key: failureKey(discard, mapping, stamp),
        Body: JSON.stringify(failureRecord(discard, mapping, stamp)),
        ContentType: 'application/json',
      }),
    )
  }
}

async function makeSqs({ aws, clock }: DestinationProps): Promise<Send> {
  const load = () => import('@aws-sdk/client-sqs')
  const sqs = await optionalPeer('@aws-sdk/client-sqs', 'A queue for what fails', load)
  const client = new sqs.SQSClient(aws)
  return async (discard, mapping) => {
    const [, , , , account, name] = arnOf(mapping).split(':')
    const place = { QueueName: name, QueueOwnerAWSAccountId: account }
    const { QueueUrl } = await client.send(new sqs.GetQueueUrlCommand(place))
    const MessageBody = JSON.stringify(failureRecord(discard, mapping, stampAt(clock)))
    await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody }))
  }
}

async function makeSns({ aws, clock }: DestinationProps): Promise<Send> {
  const load = () => import('@aws-sdk/client-sns')
  const { PublishCommand, SNSClient } = await optionalPeer('@aws-sdk/client-sns', 'A topic of SNS for what fails', load)
  const client = new SNSClient(aws)
  return async (discard, mapping) => {
    const Message = JSON.stringify(failureRecord(discard, mapping, stampAt(clock)))
    await client.send(new PublishCommand({ TopicArn: arnOf(mapping), Message }))
  }
}

async function makeKafka({ clock, security }: DestinationProps): Promise<Send> {
  const { sendToTopic } = await import('./kafka-topic-destination.ts')
  return (discard, mapping) => sendToTopic(discard, mapping, { stamp: stampAt(clock), security })
}

function arnOf({ onFailure }: Mapping): string {
  return onFailure?.kind === 'sqs' || onFailure?.kind === 'sns' ? onFailure.arn : ''
}
