/** What a command may ask of AWS, read from the code that it imports. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** IAM's names where they are not the API's. */
const ACTION_OF: Readonly<Record<string, string>> = {
  's3:HeadObject': 's3:GetObject',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  'secrets-manager:GetSecretValue': 'secretsmanager:GetSecretValue',
  'sfn:ListExecutions': 'states:ListExecutions',
  'sfn:StartExecution': 'states:StartExecution',
  'sfn:DescribeExecution': 'states:DescribeExecution',
  'cloudwatch-logs:FilterLogEvents': 'logs:FilterLogEvents',
}

/** The IAM actions of every SDK command in the files that `entry` imports, and those import, whenever. */
export function callsOf(entry: string): ReadonlySet<string> {
  return new Set([...filesOf(entry)].flatMap((file) => callsIn(readFileSync(file, 'utf8'))))
}

function filesOf(entry: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(entry)) return seen
  seen.add(entry)
  for (const [, path = ''] of readFileSync(entry, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g)) {
    filesOf(join(dirname(entry), path), seen)
  }
  return seen
}

function callsIn(source: string): string[] {
  return [...source.matchAll(/import \{([^}]+)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
    ([, names = '', client]) =>
      names.split(',').flatMap((name) => {
        const [, command] = /^\s*(?:type )?(?:paginate)?([A-Z]\w+?)(?:Command)?\s*$/.exec(name) ?? []
        const isCall = /Command\s*$|^\s*paginate/.test(name) && !/^\s*type /.test(name)
        if (command === undefined || !isCall) return []
        const action = `${client}:${command}`
        return [ACTION_OF[action] ?? action]
      }),
  )
}
