import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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

for (const name of ['consumer', 'topic']) {
  test(`the bundle of ${name} asks for credentials where Lambda puts them, and nowhere else`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
    t.after(() => rmSync(folder, { recursive: true }))
    bundleInto(folder, `lambdas/${name}/${name}.lambda.ts`)

    const map: { readonly sources: readonly string[] } = JSON.parse(readFileSync(join(folder, 'index.mjs.map'), 'utf8'))
    const providers = new Set(map.sources.flatMap((source) => /credential-provider[\w-]*/.exec(source) ?? []))

    assert.deepEqual([...providers], ['credential-provider-env'])
  })
}
