import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { toolsOf } from '../../../localstack/native/found-tools.ts'

describe('the tools that were found before', () => {
  const root = mkdtempSync(join(tmpdir(), 'tickerlake-found-'))
  after(() => rmSync(root, { recursive: true }))

  /** A folder of programs that note each time they are asked. */
  function machine() {
    const folder = mkdtempSync(join(root, 'machine-'))
    const asked = join(folder, 'asked')
    const program = (name: string, answer: string) => {
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, `#!/bin/sh\necho ${name} >> ${asked}\n${answer}\n`)
      chmodSync(path, 0o755)
    }
    writeFileSync(asked, '')
    const python = (minor: number) =>
      program(`bin/python3.${minor}`, `echo 3 ${minor} linux-x86_64 ${folder}/bin/python3.${minor}`)
    const java = (version: string) => program('bin/java', `echo 'openjdk version "${version}"' >&2`)
    const timesAsked = () => readFileSync(asked, 'utf8').split('\n').length - 1
    return { env: { PATH: join(folder, 'bin') }, install: join(folder, 'install'), python, java, timesAsked }
  }

  test('are not asked again', () => {
    const { env, install, python, java, timesAsked } = machine()
    python(11)
    java('17.0.15')

    const first = toolsOf(install, env)
    const second = toolsOf(install, env)

    assert.deepEqual(second, first)
    assert.equal(first.python.tag, '3.11-linux-x86_64')
    assert.match(first.java?.version ?? '', /17[.]0[.]15/)
    assert.equal(timesAsked(), 2)
  })

  test('are looked for again where one was replaced, or the path is another', () => {
    const { env, install, python, java } = machine()
    python(11)
    java('17.0.15')
    toolsOf(install, env)

    java('21.0.100')
    assert.match(toolsOf(install, env).java?.version ?? '', /21[.]0/)

    const other = machine()
    other.python(12)
    other.java('17.0.1')
    assert.equal(toolsOf(install, other.env).python.tag, '3.12-linux-x86_64')
  })

  test('are looked for each time while there is no Java: one that is installed later is found', () => {
    const { env, install, python, java } = machine()
    python(11)
    assert.equal(toolsOf(install, env).java, undefined)

    java('17.0.15')

    assert.match(toolsOf(install, env).java?.version ?? '', /17/)
  })
})
