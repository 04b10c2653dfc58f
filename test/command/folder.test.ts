import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { makeFolder } from '../../command/folder.ts'

const room = mkdtempSync(join(tmpdir(), 'folder-'))
after(() => rmSync(room, { recursive: true }))

test('a folder is made with what is missing above it, and again without complaint', () => {
  const deep = join(room, 'a', 'b', 'c')

  makeFolder(deep, 0o700)
  makeFolder(deep)

  assert.equal(statSync(deep).mode & 0o777, 0o700)
})

// Node's `mkdir` with `recursive` loops there for ever.
test('where no folder can be made the refusal comes at once', { skip: process.platform !== 'linux' }, () => {
  assert.throws(() => makeFolder('/proc/a/b'), { code: 'ENOENT' })
})
