import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { refuseOut, writeResult } from '../../command/result-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickerlake-result-'))
after(() => rmSync(folder, { recursive: true }))

test('a name that no file can have is refused before the work', () => {
  assert.throws(
    () => refuseOut(join(folder, 'no', 'x.csv')),
    /--out cannot be written to .*: there is no folder .*no\.$/,
  )
  assert.throws(() => refuseOut(folder, '--report'), /--report takes the name of a file; .* is a folder\.$/)
  assert.doesNotThrow(() => refuseOut(join(folder, 'x.csv')))
})

test('a result is written over the one before', () => {
  const file = join(folder, 'x.csv')
  for (const body of ['longer than the second', 'second']) writeResult(file, body)

  assert.equal(readFileSync(file, 'utf8'), 'second')
})

test('a device that is full says so, and stays', { skip: !existsSync('/dev/full') }, () => {
  assert.throws(() => writeResult('/dev/full', 'x'), /\/dev\/full could not be written \(.*ENOSPC.*\)\.$/)
  assert.ok(existsSync('/dev/full'))
})

test('of a result that the disk has no room for nothing is left', () => {
  const file = join(folder, 'large.csv')
  const script = `
    import { writeResult } from ${JSON.stringify(join(import.meta.dirname, '../../command/result-file.ts'))}
    process.on('SIGXFSZ', () => undefined)
    try { writeResult(${JSON.stringify(file)}, 'x'.repeat(1_000_000)) } catch (error) { console.log(error.message) }`
  // The shell's limit of a file's size stands for the end of the disk.
  const { stdout } = spawnSync(
    'sh',
    ['-c', 'ulimit -f 64; exec "$0" --input-type=module-typescript -e "$1"', process.execPath, script],
    {
      encoding: 'utf8',
    },
  )

  assert.match(stdout, /large\.csv could not be written \(.*\); nothing is left of it\.$/m)
  assert.equal(existsSync(file), false)
})
