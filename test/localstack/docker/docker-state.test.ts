import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { composeProject } from '../../../localstack/docker/docker-cli.ts'
import { dockerState, missingImages } from '../../../localstack/docker/docker-state.ts'
import { type DockerAnswer, dockerStandIn } from '../../support/docker-stand-in.ts'

const IMAGES: DockerAnswer = { to: '*"config --images"', says: 'redpandadata/redpanda:v1\nlocalstack/localstack:2' }
const PORTS = { portKafka: 29_092, portAws: 4_566 }

function projectWith(env: Readonly<Record<string, string>>) {
  return composeProject({ root: '/somewhere/.local' }, PORTS, env)
}

describe('what --engine docker finds', () => {
  test('no program: it says so, and names the engine that needs none', async () => {
    const state = await dockerState(projectWith({ PATH: '/nowhere' }))

    assert.equal(state.kind, 'no-engine')
    assert.throws(() => missingImages(state), { message: /no program "docker" on the path\..*--engine native/ })
  })

  test('a client whose engine does not answer: its own words', async (t) => {
    const says = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'
    const { env } = dockerStandIn(t, [{ to: 'version*', says, exitCode: 1 }])

    const state = await dockerState(projectWith(env))

    assert.deepEqual(state, { kind: 'no-engine', reason: says })
  })

  test('an engine without Compose: what to install', async (t) => {
    const { env } = dockerStandIn(t, [
      { to: 'compose*', says: "docker: 'compose' is not a docker command", exitCode: 1 },
    ])

    const state = await dockerState(projectWith(env))

    assert.equal(state.kind, 'no-compose')
    assert.throws(() => missingImages(state), { message: /is not a docker command\. Install the plugin/ })
  })

  test('an engine that lacks an image: which it is', async (t) => {
    const { env } = dockerStandIn(t, [IMAGES, { to: '"image inspect localstack"*', exitCode: 1 }])

    const state = await dockerState(projectWith(env))

    assert.deepEqual(state, { kind: 'no-images', missing: ['localstack/localstack:2'] })
  })

  test('an engine with both: nothing to pull', async (t) => {
    const { env } = dockerStandIn(t, [IMAGES])

    const state = await dockerState(projectWith(env))

    assert.deepEqual([state.kind, missingImages(state)], ['ready', []])
  })
})

test('two folders have two projects, and Docker gets no more of the environment than it needs', () => {
  const secret = { PATH: '/bin', AWS_SECRET_ACCESS_KEY: 'secret', DOCKER_CONTEXT: 'mine' }
  const one = composeProject({ root: '/one' }, PORTS, secret)
  const other = composeProject({ root: '/other' }, PORTS, secret)

  assert.notEqual(one.name, other.name)
  assert.match(one.name, /^tickerlake-[0-9a-f]{8}$/)
  assert.deepEqual(one.env, {
    PATH: '/bin',
    DOCKER_CONTEXT: 'mine',
    PORT_KAFKA: '29092',
    PORT_AWS: '4566',
    TICKERLAKE_NETWORK: one.name,
  })
})
