import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runLocal } from '../../../localstack/command/local.ts'
import { type LocalPaths, localPaths } from '../../../localstack/engine/paths.ts'
import { registryAt } from '../../../localstack/process/process-registry.ts'
import { localOptionsOf } from '../../support/local-options.ts'

const MISTAKES = [
  ['--history', '/there/is/no/such/folder'],
  ['--once', '--report', '/there/is/no/such/folder/report.json'],
]

function runSilently(args: readonly string[], paths: LocalPaths): Promise<number> {
  const progress = { say() {}, doing() {}, close() {} }
  const options = localOptionsOf(args)
  return runLocal({
    options,
    paths,
    registry: registryAt(paths),
    progress,
    signal: new AbortController().signal,
    env: {},
  })
}

test('a folder with other things in it is refused before anything is written or emptied', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'home-'))
  t.after(() => rmSync(home, { recursive: true }))
  mkdirSync(join(home, 'tmp'))
  writeFileSync(join(home, 'tmp', 'thesis.txt'), 'ten years')
  writeFileSync(join(home, 'notes.txt'), '')
  const paths = localPaths(home)

  for (const args of [['--engine-only'], ['--reset'], ['--down']]) {
    const running = runSilently(args, paths)
    await assert.rejects(running, { name: 'UsageError', message: /holds other things .* such as notes\.txt/ })
  }

  assert.deepEqual(readdirSync(home).sort(), ['notes.txt', 'tmp'])
  assert.ok(existsSync(join(home, 'tmp', 'thesis.txt')))
})

for (const args of MISTAKES) {
  test(`${args.join(' ')} is refused before an engine that was kept is touched`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'local-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const paths = localPaths(folder)
    const kept = [join(paths.run, 'engine.json'), join(paths.tmp, 'function.js')]
    for (const place of [paths.run, paths.tmp]) mkdirSync(place)
    for (const file of kept) writeFileSync(file, '{}')

    const running = runSilently(args, paths)

    await assert.rejects(running, { name: 'UsageError', message: /no\/such\/folder/ })
    for (const file of kept) assert.ok(existsSync(file), file)
  })
}
