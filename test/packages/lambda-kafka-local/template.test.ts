import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMapping } from '../../../packages/lambda-kafka-local/src/core/parse-mapping.ts'
import { UsageError } from '../../../packages/lambda-kafka-local/src/errors.ts'
import { templateMappings } from '../../../packages/lambda-kafka-local/src/template.ts'

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Topic: { Type: String, Default: orders }
Resources:
  Failed: { Type: AWS::SQS::Queue, Properties: { QueueName: failed-orders } }
  Cluster: { Type: AWS::MSK::Cluster }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: orders.handler
      Events:
        Own:
          Type: SelfManagedKafka
          Properties:
            KafkaBootstrapServers: [ 'b-1:9092' ]
            Topics: [ !Ref Topic ]
            ConsumerGroupId: !Sub '\${AWS::StackName}-\${Topic}'
            StartingPosition: TRIM_HORIZON
            SourceAccessConfigurations: [ { Type: SASL_SCRAM_512_AUTH, URI: !Ref Failed } ]
            DestinationConfig: { OnFailure: { Destination: !GetAtt Failed.Arn } }
        Msk:
          Type: MSK
          Properties: { Stream: !GetAtt Cluster.Arn, Topics: [ bills ], StartingPosition: LATEST, BatchSize: 5, Enabled: false }
        Http: { Type: Api, Properties: { Path: /, Method: get } }
  Plain:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { FunctionName: !Ref Orders, Topics: [ plain ], StartingPosition: LATEST }
`

test('the Kafka events of a SAM template and CloudFormation’s mappings are read, references resolved', () => {
  const [own, msk, plain, ...more] = templateMappings(TEMPLATE).map((mapping) => ({
    ...parseMapping(mapping, [], { id: 'made-up' }),
    enabled: mapping.Enabled,
  }))

  assert.deepEqual(more, [])
  assert.deepEqual([own?.functionName, own?.topics, own?.groupId], ['Orders', ['orders'], 'stack-orders'])
  assert.deepEqual(own?.brokers, ['b-1:9092'])
  assert.deepEqual(own?.onFailure, { kind: 'sqs', arn: 'arn:aws:sqs:us-east-1:000000000000:failed-orders' })
  assert.deepEqual(msk?.source, { kind: 'msk', clusterArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/Cluster' })
  assert.deepEqual([msk?.batchSize, msk?.groupId, msk?.enabled], [5, 'made-up', false])
  assert.deepEqual([plain?.functionName, plain?.topics], ['Orders', ['plain']])
})

test('a setting that SAM does not know is refused as in any mapping', () => {
  const template = TEMPLATE.replace('BatchSize: 5', 'BatchSise: 5')

  assert.throws(
    () => templateMappings(template).map((mapping) => parseMapping(mapping, [], { id: 'x' })),
    /BatchSize meant/,
  )
})

test('a text that is no template is refused, one without Kafka has no mapping', () => {
  assert.throws(() => templateMappings('{"Resources": ['), UsageError)
  assert.deepEqual(templateMappings('Resources: {}'), [])
})
