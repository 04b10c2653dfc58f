import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Match, type Template } from 'aws-cdk-lib/assertions'
import { EXAMPLES } from '../../infra/examples.ts'
import { templatesOf } from '../support/synth.ts'

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-AbCdEf'
const prod = templatesOf(EXAMPLES.prod)
const dev = templatesOf(EXAMPLES.dev)
const { vpcId, subnetIds, securityGroupId } = EXAMPLES.byo
const scram = templatesOf({
  stage: 'byo',
  brokers: 'a:9096,b:9096',
  brokersSecretArn: SECRET,
  vpcId,
  subnetIds,
  securityGroupId,
})

interface Statement {
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Resource: unknown
  readonly Principal: { readonly Service?: string }
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

function statementsOf(template: Template, type: string, property = 'PolicyDocument'): readonly Statement[] {
  return Object.values(template.findResources(type)).flatMap(({ Properties }) => Properties[property]?.Statement ?? [])
}

function speaksOf({ Action }: Statement, action: string): boolean {
  return [Action].flat().includes(action)
}

test('alarms may publish to the mail topic, whose own policy replaces the one that would let them', () => {
  prod('watch').hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
        }),
      ]),
    },
  })
})

describe('the network of the brokers', () => {
  test('has no endpoint with the open policy that AWS gives by default', () => {
    const endpoints = Object.values(dev('broker').findResources('AWS::EC2::VPCEndpoint'))

    assert.equal(endpoints.length, 3)
    for (const { Properties } of endpoints) assert.equal(Properties.PolicyDocument.Statement.length, 1)
  })

  test('leads to buckets of the account alone', () => {
    const [s3] = statementsOf(prod('broker'), 'AWS::EC2::VPCEndpoint')

    assert.deepEqual(s3?.Action, ['s3:GetObject', 's3:ListBucket', 's3:PutObject'])
    assert.deepEqual(Object.keys(s3?.Condition?.['StringEquals'] ?? {}), [
      'aws:PrincipalAccount',
      'aws:ResourceAccount',
    ])
  })
})

describe('a role', () => {
  const pipeline = prod('pipeline')
  const policies = statementsOf(pipeline, 'AWS::IAM::Policy')

  test('of a service that could act for another account is lent for this one alone', () => {
    const trusts = [pipeline, prod('broker')].flatMap((each) =>
      statementsOf(each, 'AWS::IAM::Role', 'AssumeRolePolicyDocument'),
    )

    for (const { Principal, Condition } of trusts) {
      if (Principal.Service === 'lambda.amazonaws.com') continue
      assert.deepEqual(Condition?.['StringEquals']?.['aws:SourceAccount'], { Ref: 'AWS::AccountId' }, Principal.Service)
    }
  })

  test('that may make network interfaces for Lambda refuses them to the code of the function', () => {
    const [may, mayNot] = ['Allow', 'Deny'].map((effect) =>
      policies.filter((each) => each.Effect === effect && speaksOf(each, 'ec2:CreateNetworkInterface')),
    )

    assert.equal(may?.length, 2)
    assert.equal(mayNot?.length, 2)
    for (const { Condition } of mayNot ?? [])
      assert.deepEqual(Condition, { Null: { 'lambda:SourceFunctionArn': 'false' } })
  })

  test('uses the lake’s key through S3 alone', () => {
    const uses = policies.filter((each) => speaksOf(each, 'kms:Decrypt'))

    assert.equal(uses.length, 7)
    for (const { Condition } of uses) assert.ok(Condition?.['StringEquals']?.['kms:ViaService'])
  })

  test('has no wildcard where a resource can be named', () => {
    const named = /^(ec2|xray|logs):/
    for (const { Action, Resource } of policies) {
      if (Resource === '*')
        assert.ok(
          [Action].flat().every((each) => named.test(each)),
          String(Action),
        )
      assert.ok(![Action].flat().some((each) => each.includes('*')), String(Action))
    }
  })
})

describe('a cluster known by its brokers', () => {
  const pipeline = scram('pipeline')

  test('is logged into with the secret, from the network that the knobs name', () => {
    pipeline.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['a:9096', 'b:9096'] } },
      SourceAccessConfigurations: [
        { Type: 'SASL_SCRAM_512_AUTH', URI: SECRET },
        { Type: 'VPC_SUBNET', URI: 'subnet:subnet-0123456789abcdef0' },
        { Type: 'VPC_SUBNET', URI: 'subnet:subnet-0123456789abcdef1' },
        { Type: 'VPC_SECURITY_GROUP', URI: 'security_group:sg-0123456789abcdef0' },
      ],
    })
  })

  test('gives producer and poller the secret, and no right on any MSK cluster', () => {
    const policies = statementsOf(pipeline, 'AWS::IAM::Policy')

    assert.equal(policies.filter(({ Resource }) => Resource === SECRET).length, 2)
    assert.ok(!policies.some(({ Action }) => [Action].flat().some((each) => each.startsWith('kafka'))))
  })
})
