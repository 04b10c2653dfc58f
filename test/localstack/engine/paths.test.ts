import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { localPaths, takeFolder } from '../../../localstack/engine/paths.ts'
import { writeEngineState } from '../../../localstack/engine/run-state.ts'

const rightsOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('an engine’s folder is its user’s alone, one that was there before too', () => {
  const parent = mkdtempSync(join(tmpdir(), 'tickerlake-paths-'))
  const old = localPaths(join(parent, 'old'))
  mkdirSync(old.root, { mode: 0o755 })

  for (const paths of [old, localPaths(join(parent, 'new'))]) {
    takeFolder(paths)
    assert.equal(rightsOf(paths.root), '700')
  }
})

test('the engine’s addresses are readable by its user alone', () => {
  const paths = localPaths(mkdtempSync(join(tmpdir(), 'tickerlake-state-')))

  writeEngineState(paths.run, { processes: [] } as never)

  assert.equal(rightsOf(join(paths.run, 'engine.json')), '600')
})
