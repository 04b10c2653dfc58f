import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bundleInto, keepBundlesIn } from '../../infra/constructs/bundle.ts'

const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
after(() => rmSync(folder, { recursive: true }))
const kept = join(folder, 'bundles', 'of-these-sources')

/** Another process bundles into a folder, and keeps the bundles or takes those that are kept. */
function bundledBeside(out: string) {
  const file = join(process.cwd(), 'infra/constructs/bundle.ts')
  const script = `import { bundleInto, keepBundlesIn } from ${JSON.stringify(file)}
    keepBundlesIn(${JSON.stringify(kept)}); bundleInto(${JSON.stringify(mkdtempSync(join(folder, out)))}, 'lambdas/topic/topic.lambda.ts')`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env: {} })
}

const first = bundledBeside('first')
keepBundlesIn(kept)

test('an error that a bundled handler throws names the line of its TypeScript, as in CloudWatch', () => {
  const out = mkdtempSync(join(folder, 'topic-'))
  bundleInto(out, 'lambdas/topic/topic.lambda.ts')

  const call = `await (await import('${out}/index.mjs')).handler('no event')`
  const run = spawnSync(process.execPath, ['--enable-source-maps', '--input-type=module', '-e', call], {
    encoding: 'utf8',
    env: {},
  })

  assert.match(run.stderr, /Not a request of our custom resource/)
  assert.match(run.stderr, /lambdas\/topic\/custom-resource\.ts:\d+:\d+/)
})

for (const name of ['consumer', 'topic']) {
  test(`the bundle of ${name} asks for credentials where Lambda puts them, and nowhere else`, () => {
    const out = mkdtempSync(join(folder, `${name}-`))
    bundleInto(out, `lambdas/${name}/${name}.lambda.ts`)

    const map: { readonly sources: readonly string[] } = JSON.parse(readFileSync(join(out, 'index.mjs.map'), 'utf8'))
    const providers = new Set(map.sources.flatMap((source) => /credential-provider[\w-]*/.exec(source) ?? []))

    assert.deepEqual([...providers], ['credential-provider-env'])
  })
}

test('bundles that are kept are taken as they are by the next process, which then needs no esbuild', () => {
  assert.equal(first.stderr, '')
  const file = join(kept, 'lambdas/topic/topic.lambda/index.mjs')
  writeFileSync(file, `${readFileSync(file, 'utf8')}// kept\n`)
  assert.equal(bundledBeside('second').stderr, '')

  const [second = ''] = globSync(join(folder, 'second*/index.mjs'))
  assert.match(readFileSync(second, 'utf8'), /^\/\/ kept$/m)
  assert.deepEqual(readdirSync(join(folder, 'bundles')), ['of-these-sources'])
})
