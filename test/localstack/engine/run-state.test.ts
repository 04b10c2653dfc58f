import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { isDeployedAlready } from '../../../localstack/aws/deployed-before.ts'
import { readEngineState } from '../../../localstack/engine/run-state.ts'
import { readNote, writeWhole } from '../../../localstack/engine/whole-file.ts'
import { leftRunning } from '../../../localstack/process/process-registry.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickerlake-notes-'))
after(() => rmSync(folder, { recursive: true }))

for (const [what, text] of [
  ['an empty file', ''],
  ['the beginning of one', '{"engine":"native","processes":[{"pid'],
] as const) {
  test(`${what} that a power failure left counts as no note`, async () => {
    const note = join(folder, 'processes.json')
    for (const file of [note, join(folder, 'engine.json')]) writeFileSync(file, text)

    assert.equal(readEngineState(folder), undefined)
    assert.deepEqual(leftRunning(note), [])
    assert.equal(await isDeployedAlready({ file: note, madeOf: 'x' }, async () => undefined), false)
  })
}

test('a note comes back as it was written, and one that is not there is none', () => {
  const file = join(folder, 'note.json')
  writeWhole(file, '{"a":1}')

  assert.deepEqual(readNote(file), { a: 1 })
  assert.equal(existsSync(join(folder, 'no.json')), false)
  assert.equal(readNote(join(folder, 'no.json')), undefined)
})
