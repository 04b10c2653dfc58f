import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditOutcome } from './audit.ts'

/** Shapes as npm 11 printed them: for this lockfile against a registry that knew two made-up advisories, or refused. */
const COUNTS = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0 }
const DEPENDENCIES = { prod: 65, dev: 343, optional: 103, peer: 0, peerOptional: 0, total: 407 }
const HIGH = {
  source: 1,
  name: 'kafkajs',
  dependency: 'kafkajs',
  title: 'Example',
  url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
  severity: 'high',
  cwe: [],
  cvss: { score: 7.5, vectorString: null },
  range: '<2.3.0',
}
const LOW = { ...HIGH, source: 2, name: 'tslib', severity: 'low', range: '<9' }

function report(vulnerabilities: Readonly<Record<string, object>>, counts: Partial<typeof COUNTS> = {}): string {
  const metadata = { vulnerabilities: { ...COUNTS, ...counts }, dependencies: DEPENDENCIES }
  return JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata })
}

function entry(name: string, severity: string, via: readonly (object | string)[]): object {
  return { name, severity, isDirect: true, via, effects: [], range: '*', nodes: [], fixAvailable: false }
}

test('no known vulnerability is clean, with the number of packages that were looked at', () => {
  assert.deepEqual(auditOutcome(report({}), 0), { kind: 'clean', dependencies: 407, lesser: 0 })
})

test('vulnerabilities below high are counted and stop nothing', () => {
  const stdout = report({ tslib: entry('tslib', 'low', [LOW]) }, { low: 1, total: 1 })

  assert.deepEqual(auditOutcome(stdout, 0), { kind: 'clean', dependencies: 407, lesser: 1 })
})

test('a high one is named with versions, title and address; who merely needs it is not named again', () => {
  const stdout = report(
    { kafkajs: entry('kafkajs', 'high', [HIGH, LOW]), wrapper: entry('wrapper', 'high', ['kafkajs']) },
    { high: 2, total: 2 },
  )

  assert.deepEqual(auditOutcome(stdout, 1), {
    kind: 'vulnerable',
    findings: ['kafkajs <2.3.0: high: Example (https://github.com/advisories/GHSA-aaaa-bbbb-cccc)'],
  })
})

test('a registry that takes no audit requests is no answer, and never clean', () => {
  const stdout = JSON.stringify({
    message: '405 Method Not Allowed - POST https://mirror.example/advisories/bulk',
    statusCode: 405,
    error: { summary: '', detail: '' },
  })

  assert.deepEqual(auditOutcome(stdout, 1), { kind: 'unanswered', why: '405 Method Not Allowed' })
})

test('an unreachable registry, a missing lockfile and a broken npm are no answer, each with its reason', () => {
  const refused = 'request to https://mirror.example/ failed, reason: connect ECONNREFUSED'
  const noLock = { error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.', detail: '' } }
  const why = (stdout: string, exitCode: number | null) => {
    const outcome = auditOutcome(stdout, exitCode)
    return outcome.kind === 'unanswered' ? outcome.why : outcome
  }

  assert.equal(
    why(JSON.stringify({ message: refused, error: { summary: '' } }), 1),
    'request to the registry failed, reason: connect ECONNREFUSED',
  )
  assert.equal(why(JSON.stringify(noLock), 1), 'This command requires an existing lockfile.')
  assert.equal(why('', 127), 'npm audit ended with 127 and no report')
  assert.equal(why(report({}), 1), 'npm audit ended with 1 and named nothing')
})
