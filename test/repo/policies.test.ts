/** The policies that the docs give, against what the code can call. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { callsOf } from './aws-calls.ts'

interface Policy {
  readonly Statement: readonly { readonly Action: string | readonly string[] }[]
}

function actionsIn(page: string, name: string): ReadonlySet<string> {
  const [, json] =
    new RegExp(`<!-- policy: ${name} -->\n\`\`\`json\n(.+?)\n\`\`\``, 's').exec(readFileSync(page, 'utf8')) ?? []
  assert.ok(json, `${page} has no policy ${name}`)
  return new Set((JSON.parse(json) as Policy).Statement.flatMap(({ Action }) => Action))
}

/**
 * In the code that the dashboard reads through, and out of its reach: its store refuses to change anything (`readOnly`), and of the
 * table it is handed what a snapshot holds, never the pointer that moves it. No right is given for them.
 */
const REFUSED = ['s3:DeleteObject', 'glue:CreateTable', 'glue:UpdateTable']

test('the read-only policy covers all that the dashboard can call of AWS', () => {
  const allowed = actionsIn('docs/security.md', 'dashboard')
  const called = callsOf('cli/dashboard.ts')

  assert.ok(called.has('cloudwatch:GetMetricData') && called.has('s3:GetObject'), [...called].join(' '))
  assert.deepEqual(
    [...called].filter((call) => !allowed.has(call) && !REFUSED.includes(call)),
    [],
  )
  const writes = [...allowed].filter((action) => /:(Put|Delete|Update|Create)/.test(action))
  assert.deepEqual(writes, ['s3:PutObject'], 'answers of Athena are all that is written')
})

test('the policy of who deploys covers all that the command asks before it hands over to CDK', () => {
  const allowed = actionsIn('docs/deploy.md', 'deploy')
  const called = callsOf('cli/deploy.ts')

  assert.ok(called.has('kafka:ListKafkaVersions'), [...called].join(' '))
  assert.deepEqual(
    [...called].filter((call) => !allowed.has(call)),
    [],
  )
})
