import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { installOnce, sweepHalfBuilt } from '../../../localstack/native/install-once.ts'

describe('installing once', () => {
  const root = mkdtempSync(join(tmpdir(), 'tickerlake-install-'))
  const fresh = () => mkdtempSync(join(root, 'parent-'))
  after(() => rmSync(root, { recursive: true }))

  test('builds the first time and finds it the second time', async () => {
    const parent = fresh()
    let built = 0
    const build = async (folder: string) => {
      built++
      writeFileSync(join(folder, 'program'), 'works')
    }

    const first = await installOnce(parent, { name: 'tool', madeOf: ['lock 1'] }, build)
    const second = await installOnce(parent, { name: 'tool', madeOf: ['lock 1'] }, build)

    assert.equal(first, second)
    assert.equal(built, 1)
    assert.equal(readFileSync(join(first, 'program'), 'utf8'), 'works')
  })

  test('another lock file is another folder', async () => {
    const parent = fresh()

    const one = await installOnce(parent, { name: 'tool', madeOf: ['lock 1'] }, async () => undefined)
    const two = await installOnce(parent, { name: 'tool', madeOf: ['lock 2'] }, async () => undefined)

    assert.notEqual(one, two)
  })

  test('a build that fails half way leaves nothing behind', async () => {
    const parent = fresh()
    const build = async (folder: string) => {
      writeFileSync(join(folder, 'half'), '')
      throw new Error('the network is gone')
    }

    await assert.rejects(installOnce(parent, { name: 'tool', madeOf: [] }, build), /network/)

    assert.deepEqual(readdirSync(parent), [])
  })

  test('two that build the same at once both get it', async () => {
    const parent = fresh()
    const build = async (folder: string) => writeFileSync(join(folder, 'program'), 'works')
    const install = () => installOnce(parent, { name: 'tool', madeOf: [] }, build)

    const [one, two] = await Promise.all([install(), install()])

    assert.equal(one, two)
    assert.deepEqual([readdirSync(parent).length, readdirSync(one)], [1, ['program']])
  })

  test('a sweep takes what was left half built, and nothing that somebody is building', async () => {
    const parent = fresh()
    const { pid: ended } = spawnSync(process.execPath, ['--version'])
    for (const name of ['.building-Ab1Cd2', `.building-${ended}-Ab1Cd2`])
      mkdirSync(join(parent, name, 'half'), { recursive: true })

    const place = await installOnce(parent, { name: 'tool', madeOf: [] }, async (folder) => {
      sweepHalfBuilt(parent)
      assert.ok(existsSync(folder))
      assert.equal(readdirSync(parent).length, 1)
    })

    assert.ok(existsSync(place))
  })
})
