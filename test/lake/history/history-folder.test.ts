import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { historyFolder } from '../../../lake/history/history-folder.ts'

const made = realpathSync(mkdtempSync(join(tmpdir(), 'tickerlake-folder-')))
after(() => rmSync(made, { recursive: true }))

test('each file is read once, whatever links lead to its folder or back up', () => {
  const folder = join(made, 'links')
  const elsewhere = join(made, 'elsewhere')
  for (const path of [join(folder, 'real', 'deep'), elsewhere]) mkdirSync(path, { recursive: true })
  for (const path of [join(folder, 'real', 'deep', 'B.csv'), join(elsewhere, 'C.csv')]) writeFileSync(path, '')
  symlinkSync('real', join(folder, 'a-link'))
  symlinkSync('../..', join(folder, 'real', 'deep', 'up'))
  symlinkSync(elsewhere, join(folder, 'linked'))
  symlinkSync(elsewhere, join(folder, 'linked-again'))

  const { files, leftOut } = historyFolder(folder)

  assert.deepEqual([...files.keys()], ['history/linked/C.parquet', 'history/real/deep/B.parquet'])
  assert.deepEqual(leftOut.map(({ file, reason }) => `${file.slice(folder.length)}: ${reason}`).toSorted(), [
    `/a-link: a link to ${join(folder, 'real')}, which is read already`,
    `/linked-again: a link to ${elsewhere}, which is read already`,
    `/real/deep/up: a link to ${folder}, which is read already`,
  ])
})

test('a link to itself is left to its reading and stops no other file', () => {
  const folder = join(made, 'itself')
  mkdirSync(folder)
  writeFileSync(join(folder, 'A.csv'), '')
  symlinkSync('SELF.csv', join(folder, 'SELF.csv'))

  assert.deepEqual([...historyFolder(folder).files.values()], [join(folder, 'A.csv'), join(folder, 'SELF.csv')])
})
