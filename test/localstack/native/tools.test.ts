import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { findPythonMinor } from '../../../localstack/native/tools.ts'

describe('a Python of one minor version', () => {
  const root = mkdtempSync(join(tmpdir(), 'tickerlake-tools-'))
  const env = { PATH: join(root, 'bin'), PYENV_ROOT: join(root, 'pyenv') }
  after(() => rmSync(root, { recursive: true }))

  function program(file: string, script: string): void {
    const path = join(root, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `#!/bin/sh\n${script}\n`)
    chmodSync(path, 0o755)
  }

  test('is undefined where there is none', () => {
    program('bin/python3', 'echo 3 11 linux-x86_64 /usr/bin/python3.11')

    assert.equal(findPythonMinor(13, env), undefined)
  })

  test("is pyenv's, where the script that stands for it on the path does not start", () => {
    program('bin/python3.13', 'echo "pyenv: python3.13: command not found" >&2; exit 127')
    program('pyenv/versions/3.12.1/bin/python3.12', 'echo 3 12 linux-x86_64 /usr/bin/python3.12')
    program('pyenv/versions/3.13.0/bin/python3.13', 'echo 3 13 linux-x86_64 /a folder/python3.13')

    assert.deepEqual(findPythonMinor(13, env), {
      command: '/a folder/python3.13',
      tag: '3.13-linux-x86_64',
      minor: 13,
    })
  })

  test('is the one on the path, where it starts', () => {
    program('bin/python3.13', 'echo 3 13 linux-x86_64 /usr/bin/python3.13')

    assert.equal(findPythonMinor(13, env)?.command, '/usr/bin/python3.13')
  })
})
