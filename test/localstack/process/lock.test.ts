import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { identify } from '../../../localstack/process/identity.ts'
import { takeLock } from '../../../localstack/process/lock.ts'

describe('the lock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-lock-'))
  after(() => rmSync(folder, { recursive: true }))

  test('is had by one at a time and can be had again after its release', () => {
    const file = join(folder, 'a')

    const first = takeLock(file)
    assert.equal(first.kind, 'taken')
    const second = takeLock(file)
    assert.deepEqual(second, { kind: 'held', by: identify(process.pid) })

    if (first.kind === 'taken') first.lock.release()
    assert.equal(takeLock(file).kind, 'taken')
  })

  test('of a process that died is let go, and no file of the takeover stays', async () => {
    const file = join(folder, 'b')
    const child = spawn(process.execPath, ['-e', ''])
    const started = identify(child.pid ?? 0)?.started ?? ''
    await new Promise((resolve) => child.once('exit', resolve))
    writeFileSync(file, JSON.stringify({ pid: child.pid, started }))

    assert.equal(takeLock(file).kind, 'taken')
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('b')),
      ['b'],
    )
  })

  test('of a pid that another program has by now is let go', () => {
    const file = join(folder, 'c')
    writeFileSync(file, JSON.stringify({ pid: process.pid, started: 'another life' }))

    assert.equal(takeLock(file).kind, 'taken')
    assert.ok(existsSync(file))
  })
})
