import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { mappingGround } from '../support/running-mappings.ts'

const run = promisify(execFile)
const { state, aTopic, close } = mappingGround()
const folder = mkdtempSync(join(tmpdir(), 'mapping-package-'))
after(async () => {
  await close()
  rmSync(folder, { recursive: true })
})

/** The first example of the package's page, for this broker and topic. */
function example(topic: string): string {
  const page = readFileSync('packages/lambda-kafka-local/README.md', 'utf8')
  const [, code = ''] = /```js\n([^`]*)```/.exec(page) ?? []
  assert.ok(code.split('\n').length < 40)
  return code.replace('127.0.0.1:9092', state.brokers).replaceAll("'orders'", `'${topic}'`)
}

test('packed and installed into an empty folder, the example of its page invokes its handler', async () => {
  const topic = await aTopic()
  const { stdout: file } = await run(process.execPath, ['packages/lambda-kafka-local/pack.ts', '--out', folder])
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', file.trim(), 'kafkajs'], { cwd: folder })
  writeFileSync(join(folder, 'example.js'), example(topic.name))

  const { stdout } = await run(process.execPath, ['example.js'], { cwd: folder })

  assert.match(stdout, /^AAPL \{"shares":3\}\n1 invocation, 0 discarded$/m)
})
