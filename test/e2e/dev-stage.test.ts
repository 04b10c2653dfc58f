/** The dev stage, as it goes to AWS, deployed to the emulator; what that cannot make is named. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { readDeployment } from '../../lake/deployment.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { runCdk } from '../support/cdk-cli.ts'
import { synthForEmulator } from '../support/emulator-templates.ts'
import { SHARED_DIR, sharedEngine } from '../support/engine.ts'

/** The local stage lives in another region: the two do not meet. */
const REGION = 'eu-central-1'
const CLUSTER_ARN = `arn:aws:kafka:${REGION}:000000000000:cluster/market/0a1b2c3d-4e5f`
const { endpoint } = (await sharedEngine()).state
const clients = { ...localClientConfig(endpoint), region: REGION }
const folder = mkdtempSync(join(SHARED_DIR, 'dev-stage-'))

const cdk = (...args: string[]) => runCdk({ endpoint, region: REGION, home: folder }, ...args)

async function stackStatus(name: string): Promise<string | undefined> {
  const { Stacks } = await new CloudFormationClient(clients).send(new DescribeStacksCommand({ StackName: name }))
  return Stacks?.[0]?.StackStatus
}

before(() => cdk('bootstrap', `aws://000000000000/${REGION}`, '--app', ''))
after(() => rmSync(folder, { recursive: true, force: true }))

test("dev's lake, pipeline and watch stacks deploy, all but named queries, and alarms on formulas with their dashboard", async () => {
  const outdir = join(folder, 'own')

  const withdrawn = synthForEmulator(outdir, { stage: 'dev', clusterArn: CLUSTER_ARN })
  cdk('deploy', '--all', '--require-approval', 'never', '--app', outdir)

  assert.ok(
    withdrawn.every((id) => /^(Saved|Alarms|Screen)/.test(id)),
    withdrawn.join(', '),
  )
  const deployed = await readDeployment(new CloudFormationClient(clients), 'dev')
  const lambda = new LambdaClient(clients)
  const consumer = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: deployed.consumerFunction }))
  assert.equal(deployed.clusterArn, CLUSTER_ARN)
  assert.deepEqual(consumer.Architectures, ['arm64'])
  assert.equal(consumer.Environment?.Variables?.['PARTIAL_RESPONSES'], 'false')
  assert.equal(await stackStatus('tickerlake-dev-watch'), 'CREATE_COMPLETE')
})

test("dev's broker stack deploys as far as its network, for the emulator's CloudFormation knows no MSK", async () => {
  const outdir = join(folder, 'broker')

  const withdrawn = synthForEmulator(outdir, { stage: 'dev' })
  cdk('deploy', 'tickerlake-dev-broker', '--require-approval', 'never', '--app', outdir)

  assert.ok(!withdrawn.some((id) => /^NetworkVpc(?!Rejected)/.test(id)), withdrawn.join(', '))
  assert.equal(await stackStatus('tickerlake-dev-broker'), 'CREATE_COMPLETE')
})
