import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { checkNode, NEEDED } from '../../../packages/lambda-kafka-local/src/node-version.ts'

test('a Node that is too old is told in one sentence what is needed', () => {
  for (const version of ['18.20.8', '20.20.2', '22.21.1', '23.11.0', '24.5.0']) {
    assert.throws(() => checkNode(version), {
      name: 'UsageError',
      message: `lambda-kafka-local needs Node 22.22 or 24.6; this is Node ${version}.`,
    })
  }
  for (const version of ['22.22.0', '22.23.3', '24.6.0', '24.21.0', '26.0.0']) checkNode(version)
})

test('what it asks for is what its package.json says', () => {
  const { engines } = JSON.parse(readFileSync('packages/lambda-kafka-local/package.json', 'utf8'))

  assert.equal(engines.node, NEEDED)
})
