/** One emulator has the same stage in several regions: what happens to a function in one is nothing to the others. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation'
import { InvokeCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { SHARED_DIR, sharedState } from '../support/engine.ts'
import { until } from '../support/until.ts'

const NAME = 'same-name'
const STACK = { StackName: 'one-function' }
const config = localClientConfig(sharedState().endpoint)
const here = { ...config, region: 'ap-southeast-2' }
const elsewhere = { ...config, region: 'sa-east-1' }
const folder = mkdtempSync(join(SHARED_DIR, 'regions-'))
const stacks = [here, elsewhere].map((place) => new CloudFormationClient(place))
const wait = (client: CloudFormationClient) => ({ client, maxWaitTime: 180, minDelay: 1, maxDelay: 1 })

/** A function that says that it has begun, and answers when it may. */
const CODE = `
const { existsSync, writeFileSync } = require('node:fs')
exports.handler = async ({ begun, mayEnd }) => {
  writeFileSync(begun, '')
  while (!existsSync(mayEnd)) await new Promise((resolve) => setTimeout(resolve, 20))
  return 'answered'
}`

function template(description: string): string {
  return JSON.stringify({
    Resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: NAME,
          Description: description,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::000000000000:role/any',
          Timeout: 180,
          Code: { ZipFile: CODE },
        },
      },
    },
  })
}

before(async () => {
  for (const client of stacks) {
    await client.send(new CreateStackCommand({ ...STACK, TemplateBody: template('first') }))
    await waitUntilStackCreateComplete(wait(client), STACK)
  }
})

after(async () => {
  for (const client of stacks) {
    await client.send(new DeleteStackCommand(STACK))
    await waitUntilStackDeleteComplete(wait(client), STACK)
  }
  rmSync(folder, { recursive: true })
})

/** Changes the function elsewhere while the one of the same name here is at work; gives what the one here answers. */
async function answerDuring(change: () => Promise<unknown>): Promise<unknown> {
  const [begun, mayEnd] = ['begun', 'may-end'].map((name) => join(folder, name))
  const Payload = JSON.stringify({ begun, mayEnd })
  for (const file of [begun, mayEnd]) rmSync(file ?? '', { force: true })
  const invoked = new LambdaClient(here).send(new InvokeCommand({ FunctionName: NAME, Payload }))
  await until('the function has begun', () => existsSync(begun ?? ''))
  await change()
  writeFileSync(mayEnd ?? '', '')
  const { Payload: answer } = await invoked
  return JSON.parse(Buffer.from(answer ?? []).toString())
}

test('a function goes on while one of its name is configured anew in another region', async () => {
  const answer = await answerDuring(() =>
    new LambdaClient(elsewhere).send(new UpdateFunctionConfigurationCommand({ FunctionName: NAME, Timeout: 100 })),
  )

  assert.equal(answer, 'answered')
})

test('a function goes on while a stack with one of its name is updated and deleted in another region', async () => {
  const [, client] = stacks as [CloudFormationClient, CloudFormationClient]
  const answer = await answerDuring(async () => {
    await client.send(new UpdateStackCommand({ ...STACK, TemplateBody: template('second') }))
    await waitUntilStackUpdateComplete(wait(client), STACK)
    await client.send(new DeleteStackCommand(STACK))
    await waitUntilStackDeleteComplete(wait(client), STACK)
    await client.send(new CreateStackCommand({ ...STACK, TemplateBody: template('third') }))
    await waitUntilStackCreateComplete(wait(client), STACK)
  })

  assert.equal(answer, 'answered')
})

/** A role whose name CloudFormation makes up, and a policy of it if wanted. */
function roleTemplate(...policies: readonly string[]): string {
  const allowing = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
  const trust = allowing({ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } })
  const rights = allowing({ Action: 's3:GetObject', Resource: '*' })
  const policyOf = (PolicyName: string) => ({
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName, Roles: [{ Ref: 'Role' }], PolicyDocument: rights },
  })
  return JSON.stringify({
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
      ...Object.fromEntries(policies.map((name) => [name, policyOf(name)])),
    },
  })
}

test('a stack keeps its roles, which are an account’s, where one of its name is deleted in another region', async () => {
  const [client, other] = stacks as [CloudFormationClient, CloudFormationClient]
  const stack = { StackName: 'one-role' }
  for (const each of [client, other]) {
    await each.send(new CreateStackCommand({ ...stack, TemplateBody: roleTemplate() }))
    await waitUntilStackCreateComplete(wait(each), stack)
  }

  await other.send(new DeleteStackCommand(stack))
  await waitUntilStackDeleteComplete(wait(other), stack)
  await client.send(new UpdateStackCommand({ ...stack, TemplateBody: roleTemplate('Reading') }))
  const { state } = await waitUntilStackUpdateComplete(wait(client), stack)
  await client.send(new DeleteStackCommand(stack))

  assert.equal(state, 'SUCCESS')
})
