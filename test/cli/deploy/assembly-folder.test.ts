import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { takeAssemblyFolder } from '../../../cli/deploy/assembly-folder.ts'

test('two deployments of a stage at once keep their templates apart, and the next takes the first folder again', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'assembly-folder-'))
  t.after(() => rmSync(root, { recursive: true }))

  const [one, two, other] = ['dev', 'dev', 'prod'].map((stage) => takeAssemblyFolder(root, stage))
  one?.release()
  const next = takeAssemblyFolder(root, 'dev')

  assert.deepEqual(
    [one, two, other, next].map((folder) => folder?.path),
    [`${root}/dev`, `${root}/dev.2`, `${root}/prod`, `${root}/dev`],
  )
})

test('a stage that would lead out of the folder is refused', () => {
  for (const stage of ['../../x', 'a/b', '..', ''])
    assert.throws(() => takeAssemblyFolder('.local/deploy', stage), /--stage takes the name of a stage/)
})
