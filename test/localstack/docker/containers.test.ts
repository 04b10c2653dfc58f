import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { endContainers, startContainers } from '../../../localstack/docker/containers.ts'
import { composeProject } from '../../../localstack/docker/docker-cli.ts'
import { localPaths } from '../../../localstack/engine/paths.ts'
import { registryAt } from '../../../localstack/process/process-registry.ts'
import { type DockerAnswer, dockerStandIn } from '../../support/docker-stand-in.ts'
import { localOptionsOf } from '../../support/local-options.ts'

function ground(t: TestContext, answers: readonly DockerAnswer[]) {
  const folder = mkdtempSync(join(tmpdir(), 'containers-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const docker = dockerStandIn(t, answers)
  const paths = localPaths(folder)
  const options = localOptionsOf([])
  const project = composeProject(paths, options, docker.env)
  return {
    docker,
    project,
    name: project.name,
    paths,
    deps: { options, paths, registry: registryAt(paths), env: docker.env },
  }
}

test('where no containers were started, Docker is not even asked', async (t) => {
  const { docker, deps } = ground(t, [])

  assert.equal(await endContainers(deps), 'none')

  assert.deepEqual(docker.asked(), [])
})

test('what a killed run has left is removed: the functions’ containers, the two services, their volumes', async (t) => {
  const { docker, name, paths, deps } = ground(t, [{ to: 'ps*', says: 'aaa\nbbb' }])
  mkdirSync(paths.run, { recursive: true })
  writeFileSync(join(paths.run, 'containers'), name)

  assert.equal(await endContainers(deps), 'ended')
  assert.equal(await endContainers(deps), 'none')

  assert.deepEqual(docker.asked().slice(docker.asked().indexOf(`ps --all --quiet --filter network=${name}`)), [
    `ps --all --quiet --filter network=${name}`,
    'rm --force --volumes aaa bbb',
    'compose down --volumes --remove-orphans',
  ])
})

test('containers that could not be removed are remembered for the next time', async (t) => {
  const { name, paths, deps } = ground(t, [{ to: '*down*', says: 'the daemon is busy', exitCode: 1 }])
  mkdirSync(paths.run, { recursive: true })
  writeFileSync(join(paths.run, 'containers'), name)

  for (const _time of [1, 2]) await assert.rejects(endContainers(deps), { message: /docker-down ended with 1/ })
})

test('while Docker does not answer, they are remembered and nothing else is held up', async (t) => {
  const { name, paths, deps } = ground(t, [{ to: 'version*', says: 'is the daemon running?', exitCode: 1 }])
  mkdirSync(paths.run, { recursive: true })
  writeFileSync(join(paths.run, 'containers'), name)

  for (const _time of [1, 2]) assert.equal(await endContainers(deps), 'out-of-reach')
})

test('a container that ends instead of starting: what it said itself, and it is removed later', async (t) => {
  const { docker, project, deps } = ground(t, [
    { to: '*" up "*', says: 'container redpanda-1 exited (1)', exitCode: 1 },
    { to: '*" logs "*', says: 'redpanda-1  | unrecognised option' },
  ])
  const signal = new AbortController().signal

  await assert.rejects(startContainers(project, { ...deps, signal }), {
    name: 'EngineError',
    message: /exited \(1\).*own last words:\nredpanda-1 {2}\| unrecognised option$/s,
  })

  assert.equal(await endContainers(deps), 'ended')
  assert.equal(docker.asked().at(-1), 'compose down --volumes --remove-orphans')
})
