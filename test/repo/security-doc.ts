/** The table of docs/security.md, made from prod's golden templates. */
import { readFileSync } from 'node:fs'
import { merged, type Resources, type Right, rightsOf } from './rights.ts'

const STACKS = ['broker', 'lake', 'pipeline', 'watch']
const BEGIN = '<!-- rights: made by npm run docs -->'
const END = '<!-- /rights -->'

/** Why each principal has what it has; one that is missing here fails the test. */
const WHY: Readonly<Record<string, string>> = {
  BootstrapAskerRole: 'while deploying: asks MSK for the new cluster’s brokers',
  BootstrapProviderRole: 'while deploying: passes CloudFormation’s request on to the asker',
  TopicKeeperRole: 'while deploying: makes and grows the topic; has no right to delete one',
  TopicProviderRole: 'while deploying: passes CloudFormation’s request on to the keeper',
  ProducerRole: 'reads history, keeps its cursor, sends to its topic',
  ConsumerRole: 'Lambda’s poller reads the topic with it; the function lands files and keeps the ledger',
  SchedulerRoleForTarget: 'starts compaction',
  SchedulerRole: 'starts the producer',
  FetcherFetchRole: 'where symbols are fetched: asks Yahoo Finance, writes history and what it knows of each symbol',
  FetchSchedulerRole: 'starts the fetcher',
  CurationPlanRole: 'lists what has landed, settles old claims, writes the plan',
  CurationCompactRole: 'merges landed rows into months',
  CurationCommitRole: 'moves the mark, deletes the plan',
  CurationForecastRole: 'reads bars; writes forecasts, scores, models',
  CurationMachineRole: 'runs the four functions and an execution a task, writes its log',
  NetworkFlowLogRole: 'writes refused traffic to its log group',
  'lambda.amazonaws.com': 'functions alone; who gives a function one of these roles needs iam:PassRole for it',
  'scheduler.amazonaws.com': 'schedules of this account',
  'states.amazonaws.com': 'state machines of this account',
  'vpc-flow-logs.amazonaws.com': 'flow logs of this account',
  'logging.s3.amazonaws.com': 'access logs of this one bucket',
  'cloudwatch.amazonaws.com': 'alarms of this account',
}

/** What a right needs said for it, whoever has it. */
const NOTES: readonly (readonly [applies: (right: Right) => boolean, note: string])[] = [
  [
    ({ effect, actions }) => effect === 'may' && actions.includes('ec2:CreateNetworkInterface'),
    'Lambda joins the network with it; EC2 takes these calls for no single resource, and the function’s own code is refused them',
  ],
  [
    ({ effect, condition }) => effect === 'may not' && condition.includes('lambda:SourceFunctionArn'),
    'the function’s code, which has no part in what Lambda itself does with the role',
  ],
  [({ actions }) => actions.includes('xray:PutTraceSegments'), 'X-Ray takes traces for no single resource'],
  [
    ({ actions }) => actions.includes('s3:ListBucket') && actions.length === 1,
    'names, not contents; narrowed to a prefix, S3 would answer 403 instead of 404 for what is not there yet',
  ],
  [({ actions }) => actions.includes('logs:CreateLogDelivery'), 'log delivery knows no resources'],
  [({ resources }) => resources.some((each) => /Function:\*$/.test(each)), 'any version; none is published'],
  [
    ({ resources }) => resources.includes('LakeBucket/aws/lambda/*'),
    'batches given up; the mapping’s id, below which they lie, is made after the role',
  ],
  [
    ({ resources }) => resources.some((each) => /:(cluster|topic)\/[\w-]+\/\*/.test(each)),
    'the one cluster of this name, whose ARN ends with an id that MSK makes',
  ],
  [({ condition }) => condition.includes('s3:if-none-match'), 'written once, or by compare and swap'],
  [
    ({ condition }) => condition.includes('s3:x-amz-server-side-encryption'),
    'no object under a key that is not the lake’s',
  ],
  [({ resources }) => resources.includes('NetworkVpcS3'), 'out of the network, to buckets of this account alone'],
]

export function securityDoc(page: string): string {
  const resources: Resources = Object.assign({}, ...STACKS.map(readTemplate))
  const [before, after] = [page.split(BEGIN)[0], page.split(END)[1]]
  return `${before}${BEGIN}\n${table(merged(rightsOf(resources)))}\n${END}${after}`
}

function readTemplate(stack: string): Resources {
  return JSON.parse(readFileSync(`test/golden/templates/prod/${stack}.json`, 'utf8')).Resources
}

function table(rights: readonly Right[]): string {
  const lines = rights.map((right) => {
    const { principal, effect, actions, resources, condition } = right
    const notes = NOTES.filter(([applies]) => applies(right)).map(([, note]) => note)
    const cells = [
      `${principal}`,
      `${effect} ${actions.map((action) => `\`${action}\``).join(' ')}`,
      resources.map((resource) => `\`${resource}\``).join(' '),
      [whyOf(principal), ...notes, condition && `only if \`${condition}\``].filter(Boolean).join('; '),
    ]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return ['| principal | action | resource | why |', '|---|---|---|---|', ...lines.sort()].join('\n')
}

function whyOf(principal: string): string {
  const [, why] = Object.entries(WHY).find(([name]) => principal.startsWith(name)) ?? []
  if (why !== undefined) return why
  if (principal === '*') return 'everybody'
  if (principal.includes(':root') || principal.includes('root')) return 'the account itself: IAM decides'
  throw new Error(`test/repo/security-doc.ts does not say why ${principal} has rights.`)
}
