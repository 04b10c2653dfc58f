import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EXAMPLES } from '../../infra/examples.ts'
import type { Context } from '../../infra/stage.ts'
import { appOf, templatesIn } from '../support/synth.ts'

const BOUNDARY = 'arn:aws:iam::123456789012:policy/boundary'
const OWNED = { owner: 'Market data', costCentre: '4711' }
const ANALYSTS = 'arn:aws:iam::123456789012:role/analysts'

interface Made {
  readonly id: string
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

function made(context: Context): readonly Made[] {
  return Object.values(templatesIn(appOf(context))).flatMap((template) =>
    Object.entries<Omit<Made, 'id'>>(template.toJSON()['Resources']).map(([id, { Type, Properties = {} }]) => {
      return { id, Type, Properties }
    }),
  )
}

/** `[{Key, Value}]`, or, as MSK and Athena's younger kin have it, `{key: value}`. */
function tagsOf({ Properties: { Tags = [] } }: Made): Readonly<Record<string, string>> {
  if (!Array.isArray(Tags)) return Tags as Readonly<Record<string, string>>
  return Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))
}

describe('the tags of a stage', () => {
  const resources = made({ ...EXAMPLES.prod, ...OWNED })

  test('say app, stage, owner and cost centre on everything that is billed', () => {
    const billed =
      /^AWS::(S3::Bucket|KMS::Key|MSK::Cluster|Lambda::Function|Lambda::EventSourceMapping|Logs::LogGroup|StepFunctions::StateMachine|CloudWatch::Alarm|Athena::WorkGroup|SNS::Topic)$/
    const found = resources.filter(({ Type }) => billed.test(Type))

    assert.equal(new Set(found.map(({ Type }) => Type)).size, 10)
    for (const each of found) {
      const { app, stage, owner, 'cost-centre': costCentre } = tagsOf(each)
      assert.deepEqual([app, stage, owner, costCentre], ['tickerlake', 'prod', 'Market data', '4711'], each.id)
    }
  })

  test('of a serverless cluster are those alone that never change, for another tag would be another cluster', () => {
    const serverless = made({ ...EXAMPLES.dev, ...OWNED, brokerKind: 'serverless' })
    const cluster = serverless.find(({ Type }) => Type === 'AWS::MSK::ServerlessCluster') ?? assert.fail('no cluster')

    assert.deepEqual(tagsOf(cluster), { app: 'tickerlake', stage: 'dev' })
  })
})

test('a permissions boundary bounds every role, those of CDK too', () => {
  const roles = made({ ...EXAMPLES.prod, permissionsBoundary: BOUNDARY, readers: ANALYSTS }).filter(
    ({ Type }) => Type === 'AWS::IAM::Role',
  )

  assert.ok(roles.length > 12, `${roles.length}`)
  for (const { id, Properties } of roles) assert.equal(Properties['PermissionsBoundary'], BOUNDARY, id)
})

describe('the budget', () => {
  const budgetsOf = (context: Context) => made(context).filter(({ Type }) => Type === 'AWS::Budgets::Budget')

  test('tells the address of the alarms, at most of the money and when more is expected', () => {
    const [budget] = budgetsOf({ ...EXAMPLES.dev, alarmEmail: 'a@example.com', budgetDollars: 120 })

    assert.deepEqual(budget?.Properties['Budget'], {
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 120, Unit: 'USD' },
    })
    const told = JSON.stringify(budget?.Properties['NotificationsWithSubscribers'])
    assert.match(told, /ACTUAL.*80.*a@example\.com.*FORECASTED.*100.*a@example\.com/)
  })

  test('counts one stage by its tag where that is asked for', () => {
    const [budget] = budgetsOf({ ...EXAMPLES.prod, budgetOf: 'stage' })

    assert.match(JSON.stringify(budget?.Properties['Budget']), /"CostFilters":\{"TagKeyValue":\["user:stage\$prod"\]\}/)
  })

  test('is not there where nobody could be told, or none is wanted', () => {
    assert.deepEqual(budgetsOf(EXAMPLES.dev), [])
    assert.deepEqual(budgetsOf({ ...EXAMPLES.prod, budgetDollars: 0 }), [])
  })
})

describe('the role of readers', () => {
  const resources = made({ ...EXAMPLES.prod, readers: ANALYSTS })
  const statements = resources
    .filter(({ id, Type }) => Type === 'AWS::IAM::Policy' && id.startsWith('Readers'))
    .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement)
  const mayOn = (action: string) =>
    statements
      .filter(({ Action }) => [Action].flat().includes(action))
      .flatMap(({ Resource }) => JSON.stringify(Resource))
      .join(' ')

  test('is there only where somebody may take it on', () => {
    assert.deepEqual(
      made(EXAMPLES.prod).filter(({ id }) => id.startsWith('Readers')),
      [],
    )
    const role = resources.find(({ id, Type }) => Type === 'AWS::IAM::Role' && id.startsWith('Readers'))
    assert.match(JSON.stringify(role?.Properties['AssumeRolePolicyDocument']), new RegExp(ANALYSTS))
  })

  test('reads tables and its own answers, not ledger, history or what Lambda gave up', () => {
    const read = mayOn('s3:GetObject')

    for (const prefix of ['landing/bars', 'bars', 'forecasts', 'forecast_scores', 'athena-results'])
      assert.match(read, new RegExp(`"/${prefix}/\\*"`))
    assert.doesNotMatch(read, /ledger|history|aws\/lambda|replay/)
    assert.match(mayOn('kms:Decrypt'), /LakeKey/)
  })

  test('writes answers alone, and asks in the one workgroup', () => {
    assert.match(mayOn('s3:PutObject'), /^\{"Fn::Join":\["",\[\{[^}]+\},"\/athena-results\/\*"\]\]\}$/)
    assert.match(mayOn('athena:StartQueryExecution'), /workgroup\/tickerlake-prod/)
    const actions = statements.flatMap(({ Action }) => Action)
    assert.ok(!actions.some((action) => /Delete|Create|Update|\*/.test(action)), actions.join(' '))
  })
})

interface Statement {
  readonly Action: string | readonly string[]
  readonly Resource: unknown
}
