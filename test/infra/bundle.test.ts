import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleInto } from '../../infra/constructs/bundle.ts'

test('an error that a bundled handler throws names the line of its TypeScript, as in CloudWatch', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  t.after(() => rmSync(folder, { recursive: true }))
  bundleInto(folder, 'lambdas/topic/topic.lambda.ts')

  const call = `await (await import('${folder}/index.mjs')).handler('no event')`
  const run = spawnSync(process.execPath, ['--enable-source-maps', '--input-type=module', '-e', call], {
    encoding: 'utf8',
    env: {},
  })

  assert.match(run.stderr, /Not a request of our custom resource/)
  assert.match(run.stderr, /lambdas\/topic\/custom-resource\.ts:\d+:\d+/)
})
