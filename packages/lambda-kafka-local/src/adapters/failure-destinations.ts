/** On-failure destinations: an S3 bucket, an SQS queue, an SNS topic, or a topic of the same cluster. */
import { randomUUID } from 'node:crypto'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns'
import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { Clock } from '../clock.ts'
import { failureKey, failureRecord } from '../core/failure-record.ts'
import type { FailureDestination } from '../ports.ts'
import { kafkaTopicDestination } from './kafka-topic-destination.ts'

export interface DestinationClients {
  readonly s3: S3Client
  readonly sqs: SQSClient
  readonly sns: SNSClient
  readonly clock: Clock
}

export function failureDestinations({ s3, sqs, sns, clock }: DestinationClients): FailureDestination {
  return {
    async deliver(discard, mapping) {
      const { onFailure } = mapping
      if (!onFailure) return
      const occasion = { requestId: randomUUID(), at: clock.now() }
      const body = JSON.stringify(failureRecord(discard, mapping, occasion))
      switch (onFailure.kind) {
        case 's3': {
          const Key = failureKey(discard, mapping, occasion)
          await s3.send(
            new PutObjectCommand({ Bucket: onFailure.bucket, Key, Body: body, ContentType: 'application/json' }),
          )
          return
        }
        case 'sqs':
          await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl(sqs, onFailure.arn), MessageBody: body }))
          return
        case 'sns':
          await sns.send(new PublishCommand({ TopicArn: onFailure.arn, Message: body }))
          return
        case 'kafka':
          await kafkaTopicDestination(onFailure.topic, clock).deliver(discard, mapping)
      }
    },
  }
}

async function queueUrl(sqs: SQSClient, arn: string): Promise<string | undefined> {
  const [, , , , account, name] = arn.split(':')
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }))
  return QueueUrl
}
