import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'lambda-kafka-local-'))
after(() => rmSync(folder, { recursive: true }))
execFileSync(process.execPath, ['packages/lambda-kafka-local/pack.ts', '--out', folder])
const stage = join(folder, 'package')
const files = globSync(join(stage, 'dist', '**', '*.{js,d.ts}'))

test('what is packed imports only compiled files, and knows nothing of the repository', () => {
  assert.ok(files.length > 50)
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    assert.doesNotMatch(text, /(?:from |import\()'[^']*\.ts'/, file)
    assert.doesNotMatch(text, /tickerlake/i, file)
  }
})

test('its package.json is public and names only files that are there', () => {
  const { private: isPrivate, exports, bin } = JSON.parse(readFileSync(join(stage, 'package.json'), 'utf8'))

  assert.equal(isPrivate, undefined)
  for (const path of [exports['.'].types, exports['.'].default, bin['lambda-kafka-local']])
    assert.ok(existsSync(join(stage, path)), path)
})

test('types that are offered need no package of the SDK', () => {
  for (const file of files.filter((name) => name.endsWith('.d.ts')))
    assert.doesNotMatch(readFileSync(file, 'utf8'), /from '@aws-sdk/, file)
})
