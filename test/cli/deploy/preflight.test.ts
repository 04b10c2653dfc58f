import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AssembledStack, Template } from '../../../cli/deploy/assembly.ts'
import { adopts, type Facts, type FoundStack, findings, type Planned } from '../../../cli/deploy/preflight.ts'
import { wantsOf } from '../../../cli/deploy/wants.ts'
import { EXAMPLES } from '../../../infra/examples.ts'
import type { Context } from '../../../infra/stage.ts'
import { templatesOf } from '../../support/synth.ts'

/** The templates of a stage as a deployment reads them, each synthesized once. */
const planned = memo((context: Context): Planned => {
  const stage = String(context['stage'])
  const template = templatesOf(context)
  const stacks: readonly AssembledStack[] = ['lake', 'broker', 'pipeline'].map((stack) => ({
    name: `tickerlake-${stage}-${stack}`,
    template: template(stack).toJSON() as Template,
    bootstrapVersion: 6,
  }))
  return { stage, stacks, wants: wantsOf(stacks) }
})

function memo<A, R>(make: (given: A) => R): (given: A) => R {
  const made = new Map<string, R>()
  return (given) => {
    const key = JSON.stringify(given)
    const known = made.get(key) ?? make(given)
    made.set(key, known)
    return known
  }
}

const known = <T>(value: T) => ({ kind: 'known', value }) as const

/** An account in which any stage deploys. */
const FINE: Facts = {
  region: 'us-east-1',
  bootstrap: known(28),
  stacks: known({}),
  zones: known(['use1-az1', 'use1-az2', 'use1-az4', 'use1-az3']),
  concurrency: known({ limit: 1000, unreserved: 1000, ours: 0 }),
  kafkaVersions: known(['3.8.x', '3.9.x', '3.9.x.kraft']),
  brokers: known(6),
  hasDatabase: known(false),
  hasBucket: known(false),
}

function stacksOf(
  { stacks }: Planned,
  status = 'UPDATE_COMPLETE',
): { kind: 'known'; value: Record<string, FoundStack> } {
  return known(Object.fromEntries(stacks.map(({ name, template }) => [name, { status, template }])))
}

function stops(context: Context, facts: Partial<Facts>): readonly string[] {
  return findings(planned(context), { ...FINE, ...facts })
    .filter(({ kind }) => kind === 'stop')
    .map(({ said }) => said)
}

test('an account in which nothing is in the way has nothing said about it', () => {
  for (const context of [EXAMPLES.dev, EXAMPLES.prod]) assert.deepEqual(findings(planned(context), FINE), [])
})

test('a stage that is deployed as it is asked for has nothing in its way, whatever its zones and version', () => {
  const deployed = planned(EXAMPLES.prod)
  const facts = { stacks: stacksOf(deployed), hasDatabase: known(true), kafkaVersions: known([]), brokers: known(90) }

  assert.deepEqual(stops(EXAMPLES.prod, facts), [])
})

const HELD_UP: readonly {
  readonly when: string
  readonly context?: Context
  readonly facts: Partial<Facts>
  readonly said: RegExp
}[] = [
  {
    when: 'an account that is not bootstrapped',
    facts: { bootstrap: known(undefined) },
    said: /needs CDK's bootstrap stack of version 6 in us-east-1 and has none: npx cdk bootstrap aws:\/\/.*\/us-east-1/,
  },
  { when: 'an old bootstrap stack', facts: { bootstrap: known(4) }, said: /and has version 4: npx cdk bootstrap/ },
  {
    when: 'zone use1-az3 among the first',
    facts: { zones: known(['use1-az3', 'use1-az1', 'use1-az2']) },
    said: /is use1-az3, where MSK makes no brokers: give -c zoneIds=use1-az1,use1-az2\.$/,
  },
  {
    when: 'a region with two zones, and a stage of three',
    context: EXAMPLES.prod,
    facts: { region: 'us-west-1', zones: known(['usw1-az1', 'usw1-az3']) },
    said: /needs 3 availability zones with MSK and us-west-1 has 2/,
  },
  {
    when: 'zones of another region',
    context: { ...EXAMPLES.dev, zoneIds: 'euc1-az1,euc1-az2' },
    facts: {},
    said: /us-east-1 has no zone euc1-az1, euc1-az2: give -c zoneIds=use1-az1,use1-az2/,
  },
  {
    when: 'a young account, of which nothing can be reserved',
    context: EXAMPLES.prod,
    facts: { concurrency: known({ limit: 10, unreserved: 10, ours: 0 }) },
    said: /reserves 40 concurrent executions, and of this account's 10 .*give -c reservedConcurrency=0/,
  },
  {
    when: 'a Kafka version that MSK has given up',
    facts: { kafkaVersions: known(['3.9.x.kraft', '4.1.x.kraft']) },
    said: /makes no new clusters of Kafka 3\.9\.x: give -c kafkaVersion with one of 3\.9\.x\.kraft/,
  },
  {
    when: 'the quota of brokers used up',
    facts: { brokers: known(89) },
    said: /has 89 brokers in us-east-1 and the stage makes 2 more, above MSK's quota of 90/,
  },
  {
    when: 'a database that was left behind',
    facts: { hasDatabase: known(true) },
    said: /database tickerlake_dev is there and not of this stage: .*aws glue delete-database --name tickerlake_dev/,
  },
  {
    when: 'a bucket to go on with that is not there',
    context: { ...EXAMPLES.dev, bucketName: 'my-old-lake' },
    facts: {},
    said: /no bucket my-old-lake of this account in us-east-1 to go on with/,
  },
  {
    when: 'a bucket to go on with that is another stage’s lake',
    context: { ...EXAMPLES.dev, bucketName: 'my-old-lake' },
    facts: { hasBucket: known(true), bucketStage: known('prod') },
    said: /my-old-lake is marked as the lake of prod .*, and this is dev\. .*put-bucket-tagging --bucket my-old-lake/,
  },
  {
    when: 'a stack whose first deployment was rolled back',
    facts: { stacks: known({ 'tickerlake-dev-broker': { status: 'ROLLBACK_COMPLETE', template: {} } }) },
    said: /tickerlake-dev-broker is ROLLBACK_COMPLETE .*delete-stack --stack-name tickerlake-dev-broker/,
  },
  {
    when: 'a stack whose rollback hangs',
    facts: { stacks: known({ 'tickerlake-dev-lake': { status: 'UPDATE_ROLLBACK_FAILED', template: {} } }) },
    said: /continue-update-rollback --stack-name tickerlake-dev-lake/,
  },
  {
    when: 'somebody else at work',
    facts: { stacks: known({ 'tickerlake-dev-lake': { status: 'UPDATE_IN_PROGRESS', template: {} } }) },
    said: /Somebody is at work on the stack tickerlake-dev-lake/,
  },
]

describe('a deployment is held up, with what to do about it, by', () => {
  for (const { when, context = EXAMPLES.dev, facts, said } of HELD_UP) {
    test(when, () => {
      const found = stops(context, facts)

      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', said)
    })
  }
})

describe('a change of a cluster that runs', () => {
  const LARGER = { ...EXAMPLES.dev, brokerInstance: 'kafka.m7g.large', kafkaVersion: '3.9.x' }
  const running = (context: Context) => ({ stacks: stacksOf(planned(context)) })

  test('is let through alone', () => {
    assert.deepEqual(stops(LARGER, running(EXAMPLES.dev)), [])
  })

  test('is held up beside another, for MSK makes one at a time', () => {
    const found = stops({ ...LARGER, kafkaVersion: '3.8.x' }, running(EXAMPLES.dev))

    assert.match(found[0] ?? '', /makes 2: kafkaVersion, brokerInstance\. Deploy them one after the other/)
  })

  test('is held up where it would leave ZooKeeper and MSK does not migrate such a cluster', () => {
    const inTwoZones = stops({ ...EXAMPLES.dev, brokerInstance: 'kafka.m7g.large' }, running(EXAMPLES.dev))
    const three = { ...LARGER, zones: 3 }
    const inThree = stops({ ...three, kafkaVersion: '3.9.x.kraft' }, running(three))

    assert.match(inTwoZones[0] ?? '', /runs with ZooKeeper.*give -c kafkaVersion=3\.9\.x to keep it/)
    assert.deepEqual(inThree, [])
  })

  test('is held up where CloudFormation would make another cluster of the same name', () => {
    const kms = stops({ ...EXAMPLES.dev, encryption: 'kms' }, running(EXAMPLES.dev))
    const kind = stops({ ...EXAMPLES.dev, brokerKind: 'serverless' }, running(EXAMPLES.dev))

    assert.match(kms.join('\n'), /cluster would be replaced for its key/)
    assert.match(kind[0] ?? '', /cluster would be replaced for the kind of its brokers/)
  })
})

describe('a lake that is deployed', () => {
  const adopted = { ...EXAMPLES.dev, bucketName: 'my-old-lake' }

  test('in a named bucket is not left by leaving the name out', () => {
    const found = stops(EXAMPLES.dev, { stacks: stacksOf(planned(adopted)) })

    assert.match(found[0] ?? '', /lake is in the bucket my-old-lake: give -c bucketName=my-old-lake/)
  })

  test('in a bucket that CloudFormation named is not left for another', () => {
    const found = stops(adopted, { stacks: stacksOf(planned(EXAMPLES.dev)), hasBucket: known(true) })

    assert.match(found[0] ?? '', /bucketName would leave it for another/)
  })

  test('is taken up again where its bucket is there and its stack is not', () => {
    const facts = { ...FINE, hasBucket: known(true), bucketStage: known('dev') }

    assert.deepEqual(findings(planned(adopted), facts), [])
    assert.ok(adopts(planned(adopted), facts))
    assert.ok(!adopts(planned(adopted), { ...facts, stacks: stacksOf(planned(adopted)) }))
    assert.ok(!adopts(planned(EXAMPLES.dev), facts))
  })
})

test('what the account does not answer is said, and holds nothing up', () => {
  const unknown = { kind: 'unknown', why: 'AccessDeniedException: not allowed' } as const

  assert.deepEqual(findings(planned(EXAMPLES.dev), { ...FINE, zones: unknown }), [
    { kind: 'note', said: 'Not checked: availability zones (AccessDeniedException: not allowed).' },
  ])
})
