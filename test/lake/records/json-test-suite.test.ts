/**
 * Other people's JSON, where their folder is at hand (nst's JSONTestSuite).
 * JSON_TEST_SUITE=../JSONTestSuite node --test test/lake/records/json-test-suite.test.ts
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { env } from 'node:process'
import { describe, test } from 'node:test'
import { judge } from '../../../lake/records/judge.ts'
import { aRecord, NOW } from '../../support/bars.ts'

const FOLDER = env['JSON_TEST_SUITE']
const skip = FOLDER === undefined && 'JSON_TEST_SUITE names no folder of JSONTestSuite'
const files = FOLDER === undefined ? [] : globSync(join(FOLDER, 'test_parsing/*.json')).sort()

const NO_JSON: ReadonlySet<string> = new Set(['not_json', 'not_utf8', 'too_large'])

/** JSON.parse takes what it must, and is strict in the rest; bytes that are no UTF-8 are replaced before it sees them. */
describe('JSONTestSuite', { skip }, () => {
  test('has files', () => assert.ok(files.length > 300))

  for (const file of files) {
    test(basename(file), () => {
      const verdict = judge(aRecord({ value: readFileSync(file), timestamp: NOW }), NOW)

      assert.equal(verdict.kind, 'rejected')
      const isJson = verdict.kind === 'rejected' && !NO_JSON.has(verdict.code)
      if (basename(file).startsWith('y_')) assert.ok(isJson, 'it is JSON')
      if (basename(file).startsWith('n_')) assert.ok(!isJson, 'it is no JSON')
    })
  }
})
