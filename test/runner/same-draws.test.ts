import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

function drawnWith(seed: string): string {
  const program = "import fc from 'fast-check'; console.log(fc.sample(fc.nat(), 20).join())"
  const args = ['--import', './test/runner/same-draws.ts', '--input-type=module', '--eval', program]
  const env = { ...process.env, TICKERLAKE_TEST_SEED: seed }
  return spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stdout
}

test('properties draw the same in every run of the tests, and other things by another seed', () => {
  const first = drawnWith('1')

  assert.match(first, /^\d+(,\d+){19}\n$/)
  assert.equal(drawnWith('1'), first)
  assert.notEqual(drawnWith('2'), first)
})
