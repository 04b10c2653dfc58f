import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KNOBS } from '../../infra/knobs.ts'
import { givenCluster, kafkaVersionOf, readStage } from '../../infra/stage.ts'

const CLUSTER_ARN = 'arn:aws:kafka:eu-central-1:123456789012:cluster/market/0a1b2c3d-4e5f'

test('a stage has a value for every knob', () => {
  const stage = readStage({ stage: 'byo', clusterArn: CLUSTER_ARN })

  assert.equal(stage.name, 'byo')
  for (const name of Object.keys(KNOBS)) assert.ok(name in stage, name)
})

test('the context turns a knob', () => {
  const stage = readStage({
    stage: 'local',
    brokers: 'localhost:9092,localhost:9093',
    schedule: 'true',
    landingDays: 3,
  })

  assert.equal(stage.schedule, true)
  assert.equal(stage.landingDays, 3)
  assert.deepEqual(givenCluster(stage), {
    kind: 'bootstrap',
    brokers: ['localhost:9092', 'localhost:9093'],
    name: 'kafka',
    secretArn: undefined,
  })
})

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka'
const SUBNET = 'subnet-0123456789abcdef0'

const MISTAKES = [
  { said: {}, answer: /^The stage must be one of local, dev, prod, byo; got none/ },
  { said: { stage: 'test' }, answer: /got test\. Give it as --stage dev/ },
  { said: { stage: 'local' }, answer: /takes a cluster of yours/ },
  { said: { stage: 'byo', clusterArn: CLUSTER_ARN, brokers: 'a:1' }, answer: /not both/ },
  { said: { stage: 'byo', brokers: 'a:1' }, answer: /SASL\/SCRAM: give -c brokersSecretArn/ },
  { said: { stage: 'byo', clusterArn: CLUSTER_ARN, vpcId: 'vpc-12' }, answer: /come together: give all three or none/ },
  {
    said: { stage: 'byo', clusterArn: CLUSTER_ARN, brokersSecretArn: `${SECRET}-AbCdEf` },
    answer: /the login of -c brokers=…; an MSK cluster takes IAM/,
  },
  { said: { stage: 'byo', brokers: 'a:1', brokersSecretArn: SECRET }, answer: /six characters at its end; got "arn:/ },
  {
    said: { stage: 'dev', vpcId: 'vpc-0123456789abcdef0', subnetIds: SUBNET, securityGroupId: 'sg-0123456789abcdef0' },
    answer: /a new one gets a network of its own/,
  },
  { said: { stage: 'dev', vpcCidr: '10.300.0.0/20' }, answer: /numbers up to 255/ },
  {
    said: { stage: 'prod', topicDays: 3 },
    answer: /before it goes to the on-failure destination. Keep the first below 72/,
  },
  { said: { stage: 'dev', landingDays: 3 }, answer: /count as lost. Keep the first above 3/ },
  { said: { stage: 'prod', batchWindowSeconds: 300 }, answer: /the alarm would ring at every batch/ },
  { said: { stage: 'dev', Landingdays: 3 }, answer: /There is no knob Landingdays; is it landingDays\?/ },
  { said: { stage: 'dev', minPollers: 9 }, answer: /minPollers is 9 and maxPollers 4/ },
  { said: { stage: 'prod', zones: 2 }, answer: /Express brokers need zones=3; got 2/ },
  {
    said: { stage: 'prod', kafkaVersion: '3.9.x' },
    answer: /Express brokers take kafkaVersion 3\.8\.x.*got 3\.9\.x\./,
  },
  { said: { stage: 'dev', kafkaVersion: '3.9.x.kraft' }, answer: /kafka\.t3\.small runs no KRaft/ },
  {
    said: { stage: 'dev', brokerInstance: 'kafka.m7g.large', kafkaVersion: '4.1.x' },
    answer: /Kafka 4 has KRaft alone/,
  },
  { said: { stage: 'dev', endpointZones: 3 }, answer: /endpointZones is 3 and zones 2/ },
  { said: { stage: 'dev', permissionsBoundary: 'boundary' }, answer: /takes a managed policy's ARN/ },
  { said: { stage: 'dev', readers: 'analysts' }, answer: /readers takes ARNs of roles, users or accounts/ },
  { said: { stage: 'dev', zoneIds: 'use1-az3,use1-az1' }, answer: /MSK makes no brokers in use1-az3/ },
  { said: { stage: 'dev', zoneIds: 'use1-az1,use1-az1' }, answer: /names a zone twice/ },
  { said: { stage: 'dev', zoneIds: 'use1-az1,euc1-az2' }, answer: /of one region/ },
  { said: { stage: 'prod', zoneIds: 'use1-az1,use1-az2' }, answer: /names 2 zones and zones is 3/ },
  { said: { stage: 'dev', brokerKind: 'express', zones: 3 }, answer: /begins with express\.; got kafka\.t3\.small/ },
  { said: { stage: 'byo', clusterArn: 'arn:aws:s3:::bucket' }, answer: /clusterArn takes an MSK cluster's ARN/ },
  { said: { stage: 'byo', brokers: 'a:1,b' }, answer: /brokers takes host:port/ },
  { said: { stage: 'local', brokers: 'a:1', landingDays: '1.5' }, answer: /landingDays takes a whole number from 2/ },
  {
    said: { stage: 'local', brokers: 'a:1', forecastTimes: '16:50' },
    answer: /forecastTimes takes times with their zones, .*; got "16:50"/,
  },
  {
    said: { stage: 'local', brokers: 'a:1', forecastTimes: '16:50@America/Newyork' },
    answer: /forecastTimes takes zones of the tz database, such as Asia\/Tokyo; got "16:50@America\/Newyork"/,
  },
  { said: { stage: 'local', brokers: 'a:1', schedule: 'yes' }, answer: /schedule takes true or false; got "yes"/ },
  { said: { stage: 'local', brokers: 'a:1', encryption: 'aes' }, answer: /encryption takes one of s3, kms/ },
  { said: { stage: 'dev', yahooEndpoint: 'http://127.0.0.1:9' }, answer: /yahooEndpoint belongs to the stage local/ },
  { said: { stage: 'local', yahooEndpoint: 'http://192.0.2.1:9' }, answer: /takes an address of this machine/ },
  { said: { stage: 'dev', emulator: 'localstack' }, answer: /belongs to the stage local; the stage dev goes to AWS/ },
  { said: { stage: 'local', clusterArn: CLUSTER_ARN, emulator: 'localstack' }, answer: /has no MSK: give -c brokers/ },
  { said: { stage: 'local', brokers: 'a:1', landingDay: 3 }, answer: /There is no knob landingDay; there are/ },
]

for (const { said, answer } of MISTAKES) {
  test(`the context ${JSON.stringify(said)} is answered with one sentence`, () => {
    assert.throws(() => readStage(said), { name: 'UsageError', message: answer })
  })
}

test('the Kafka of a new cluster goes by its brokers, so that only what cannot run KRaft is left with ZooKeeper', () => {
  const versionOf = (context: object) => kafkaVersionOf(readStage({ stage: 'dev', ...context }))

  assert.equal(versionOf({}), '3.9.x')
  assert.equal(versionOf({ brokerInstance: 'kafka.m7g.large' }), '3.9.x.kraft')
  assert.equal(versionOf({ stage: 'prod' }), '3.9.x.kraft')
  assert.equal(versionOf({ brokerInstance: 'kafka.m7g.large', kafkaVersion: '4.1.x.kraft' }), '4.1.x.kraft')
})

test("CDK's own context keys are not taken for knobs", () => {
  const context = { stage: 'local', brokers: 'a:1', 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:x': true }

  assert.equal(readStage(context).name, 'local')
})

test('every default is a value that the knob itself would take', () => {
  for (const [name, knob] of Object.entries(KNOBS)) {
    for (const [stage, value] of Object.entries(knob.defaults)) {
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue
      assert.deepEqual(knob.parse(String(value)), value, `${name} in ${stage}`)
    }
  }
})
