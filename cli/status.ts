import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn'
import { answerFormatOf, answerText } from '../command/answer-text.ts'
import { runCommand } from '../command/command.ts'
import type { Deployment } from '../lake/deployment.ts'
import { deploymentOf, NOTHING_LANDS, type Target, targetOf } from './lake/target.ts'

const HELP = `
Says what runs: where the commands point, the names of what is deployed there,
whether what is sent lands, and how the last compaction ended.

  npm run status
  npm run status -- --stage dev
  npm run -s status -- --format json

Options
  --format table|csv|json   how it is printed (default: table)
  --stage NAME              the deployed stage (default: the local engine if
                            one runs, else dev)
`

const COLUMNS = [
  { name: 'what', type: 'varchar' },
  { name: 'value', type: 'varchar' },
]

await runCommand({
  help: HELP,
  options: { format: { type: 'string' }, stage: { type: 'string' } },
  async run({ values }) {
    const format = answerFormatOf(values.format)
    const target = targetOf(process.env, values.stage)
    const deployment = await deploymentOf(target)
    const facts = { ...namesOf(target, deployment), ...(await livingOf(target, deployment)) }
    const rows = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
    process.stdout.write(`${answerText({ columns: COLUMNS, rows }, format)}\n`)
    return 0
  },
})

function namesOf(
  { where, stage, brokers }: Target,
  deployment: Deployment,
): Readonly<Record<string, string | undefined>> {
  return {
    where,
    stage,
    topic: deployment.topic,
    brokers: brokers?.join(',') ?? deployment.brokers,
    cluster: deployment.clusterArn,
    bucket: deployment.bucket,
    database: deployment.athena?.database,
    workgroup: deployment.athena?.workgroup,
    producer: deployment.producerFunction,
    consumer: deployment.consumerFunction,
  }
}

async function livingOf(target: Target, { consumerFunction, compactStateMachine }: Deployment) {
  const lambda = new LambdaClient(target.clients)
  const sfn = new SFNClient(target.clients)
  const [{ EventSourceMappings = [] }, { executions = [] }] = await Promise.all([
    lambda.send(new ListEventSourceMappingsCommand({ FunctionName: consumerFunction })),
    sfn.send(new ListExecutionsCommand({ stateMachineArn: compactStateMachine, maxResults: 1 })),
  ])
  const [last] = executions
  return {
    mapping: EventSourceMappings.map(({ UUID, State }) => `${UUID} ${State}`).join(', ') || 'none',
    landing: landingOf(target),
    'last compaction': last ? `${last.status} ${last.startDate?.toISOString()}` : 'none yet',
  }
}

/** On a laptop the mapping lives in `npm run local` itself. */
function landingOf({ lands }: Target): string | undefined {
  if (lands === undefined) return undefined
  return lands ? 'what is sent lands' : NOTHING_LANDS
}
