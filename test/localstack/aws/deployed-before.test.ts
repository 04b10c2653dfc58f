import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { isDeployedAlready, noteDeployment } from '../../../localstack/aws/deployed-before.ts'

const STACKS = ['lake', 'pipeline']

describe('a deployment that has been', () => {
  test('need not be again where it would be of the same, and the stacks stand as it left them', async (t) => {
    const { note, templates, templateOf } = aDeployment(t)

    assert.equal(await isDeployedAlready(note, templateOf), false)
    await noteDeployment(note, STACKS, templateOf)

    assert.equal(await isDeployedAlready(note, templateOf), true)
    assert.equal(await isDeployedAlready({ ...note, madeOf: 'other sources' }, templateOf), false)
    templates.set('pipeline', '{"Resources":{"as":"an older one"}}')
    assert.equal(await isDeployedAlready(note, templateOf), false)
  })

  test('is made again where an emulator has forgotten a stack', async (t) => {
    const { note, templates, templateOf } = aDeployment(t)
    await noteDeployment(note, STACKS, templateOf)

    templates.delete('lake')

    assert.equal(await isDeployedAlready(note, templateOf), false)
  })

  test('is not noted where a stack did not come to stand', async (t) => {
    const { note, templates, templateOf } = aDeployment(t)
    templates.delete('pipeline')

    await noteDeployment(note, STACKS, templateOf)

    assert.equal(await isDeployedAlready(note, templateOf), false)
  })
})

function aDeployment(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'deployed-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const templates = new Map(STACKS.map((stack) => [stack, `{"Resources":{"of":"${stack}"}}`]))
  const note = { file: join(folder, 'deployed.json'), madeOf: 'these sources' }
  return { note, templates, templateOf: async (stack: string) => templates.get(stack) }
}
