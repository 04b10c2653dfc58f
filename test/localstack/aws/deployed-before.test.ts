import assert from 'node:assert/strict'
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { build } from 'esbuild'
import {
  bundlesOf,
  DEPLOY_FOLDERS,
  hashOfSources,
  isDeployedAlready,
  noteDeployment,
} from '../../../localstack/aws/deployed-before.ts'
import { PROJECT } from '../../../localstack/engine/paths.ts'

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

describe('what a deployment is made of', () => {
  test('is in the folders that are hashed, whatever the app and its functions import', async () => {
    const { metafile } = await build({
      absWorkingDir: PROJECT,
      entryPoints: ['infra/app.ts', ...globSync('lambdas/*/*.lambda.ts', { cwd: PROJECT })],
      outdir: 'never-written',
      packages: 'external',
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
    })
    const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path))

    const outside = Object.keys(metafile.inputs).filter((file) => !DEPLOY_FOLDERS.some((f) => file.startsWith(`${f}/`)))
    assert.deepEqual(outside, [])
    // A package of this project is a link, and would be what it is today whatever the lock says.
    assert.ok(!imported.includes('lambda-kafka-local'))
  })

  test('has another name when a file is changed, renamed or added', (t) => {
    const project = aProject(t)
    const put = (name: string, text: string) => writeFileSync(join(project, name), text)
    const names = [hashOfSources(project)]

    put('lake/bar.ts', 'export const bar = 2')
    names.push(hashOfSources(project))
    put('package-lock.json', '{ "other": true }')
    names.push(hashOfSources(project))
    put('infra/new.ts', '')
    names.push(hashOfSources(project))
    rmSync(join(project, 'infra/new.ts'))
    put('infra/renamed.ts', '')
    names.push(hashOfSources(project))

    assert.equal(new Set(names).size, names.length)
    assert.equal(hashOfSources(project), names.at(-1))
  })

  test('keeps the bundles of a few others beside its own', (t) => {
    const install = mkdtempSync(join(tmpdir(), 'bundles-'))
    t.after(() => rmSync(install, { recursive: true }))
    const older = ['a', 'b', 'c', 'd', 'e'].map((name) => join(install, 'bundles', name))
    for (const [i, folder] of older.entries()) {
      mkdirSync(folder, { recursive: true })
      utimesSync(folder, i + 1, i + 1)
    }

    // As what another process has moved away since it was listed.
    symlinkSync('gone', join(install, 'bundles', 'f.moved'))

    assert.equal(bundlesOf('d', install), older[3])

    assert.deepEqual(
      older.map((folder) => existsSync(folder)),
      [false, true, true, true, true],
    )
  })
})

function aProject(t: TestContext): string {
  const project = mkdtempSync(join(tmpdir(), 'sources-'))
  t.after(() => rmSync(project, { recursive: true }))
  const files = ['cdk.json', 'package.json', 'package-lock.json', 'node_modules/.package-lock.json', 'lake/bar.ts']
  for (const file of [...files, ...DEPLOY_FOLDERS.map((folder) => `${folder}/a/file.ts`)]) {
    mkdirSync(dirname(join(project, file)), { recursive: true })
    writeFileSync(join(project, file), '{}')
  }
  return project
}
