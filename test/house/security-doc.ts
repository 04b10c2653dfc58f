/** The table of docs/security.md, made from prod's golden templates. */
import { readFileSync } from 'node:fs'
import { type Resources, type Right, rightsOf } from './rights.ts'

const STACKS = ['broker', 'lake', 'pipeline', 'watch']
const BEGIN = '<!-- rights: made by npm run docs:security -->'
const END = '<!-- /rights -->'

/** Why each principal has what it has; one that is missing here fails the test. */
const WHY: Readonly<Record<string, string>> = {
  BootstrapRole: 'while deploying: asks MSK for the new cluster’s brokers',
  TopicKeeperRole: 'while deploying: makes and grows the topic; has no right to delete one',
  TopicProviderRole: 'while deploying: passes CloudFormation’s request on to the keeper',
  ProducerRole: 'reads history, keeps its cursor, sends to its topic',
  ConsumerRole: 'Lambda’s poller reads the topic with it; the function lands files and keeps the ledger',
  SchedulerRoleForTarget: 'starts curation',
  SchedulerRole: 'starts the producer',
  CurationPlanRole: 'lists what has landed, settles old claims, writes the plan',
  CurationCompactRole: 'merges landed rows into months',
  CurationCommitRole: 'moves the mark, deletes the plan',
  CurationForecastRole: 'reads bars; writes forecasts, scores, models',
  CurationMachineRole: 'runs the four functions and an execution a task, writes its log',
  NetworkVpcRejectedTrafficIAMRole: 'writes refused traffic to its log group',
}

export function securityDoc(page: string): string {
  const resources: Resources = Object.assign({}, ...STACKS.map(readTemplate))
  const [before, after] = [page.split(BEGIN)[0], page.split(END)[1]]
  return `${before}${BEGIN}\n${table(rightsOf(resources))}\n${END}${after}`
}

function readTemplate(stack: string): Resources {
  return JSON.parse(readFileSync(`test/golden/templates/prod/${stack}.json`, 'utf8')).Resources
}

function table(rights: readonly Right[]): string {
  const lines = rights.map(({ principal, effect, actions, resources, condition }) => {
    const cells = [
      `${principal}`,
      `${effect} ${actions.map((action) => `\`${action}\``).join(' ')}`,
      resources.map((resource) => `\`${resource}\``).join(' '),
      [whyOf(principal), condition && `only if \`${condition}\``].filter(Boolean).join('; '),
    ]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return ['| principal | action | resource | why |', '|---|---|---|---|', ...lines.sort()].join('\n')
}

function whyOf(principal: string): string {
  const [, why] = Object.entries(WHY).find(([name]) => principal.startsWith(name)) ?? []
  if (why !== undefined) return why
  if (/amazonaws\.com/.test(principal)) return 'an AWS service, for this account’s resources'
  if (principal === '*') return 'everybody'
  if (principal.includes(':root') || principal.includes('root')) return 'the account itself: IAM decides'
  throw new Error(`test/house/security-doc.ts does not say why ${principal} has rights.`)
}
