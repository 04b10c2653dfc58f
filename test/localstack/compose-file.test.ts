import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { parse } from 'yaml'

interface Service {
  readonly image: string
  readonly command?: readonly string[]
  readonly healthcheck?: unknown
  readonly volumes: readonly string[]
  readonly ports: readonly string[]
  readonly environment?: Readonly<Record<string, unknown>>
}

const text = readFileSync('localstack/docker-compose.yml', 'utf8')
const file = parse(text) as {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly networks: Readonly<Record<string, { readonly name: string }>>
}
/** github.com/compose-spec/compose-spec, schema/compose-spec.json, Apache-2.0. */
const { $schema: _draft7ByAnotherName, ...schema } = JSON.parse(
  readFileSync('test/localstack/compose/compose-spec.schema.json', 'utf8'),
)

test('the compose file is one by the Compose Specification’s own schema', () => {
  const valid = new Ajv({ strict: false, validateFormats: false }).compile(schema)

  assert.ok(valid(file), JSON.stringify(valid.errors, null, 1))
})

test('a key that Compose does not know would be found', () => {
  const valid = new Ajv({ strict: false, validateFormats: false }).compile(schema)

  assert.equal(valid({ services: { redpanda: { image: 'redpanda', restrat: 'always' } } }), false)
})

test('every image has a version of its own with its digest, a health check and a named volume', () => {
  for (const [name, { image, healthcheck, volumes }] of Object.entries(file.services)) {
    assert.match(image, /:\$\{\w+:-v?\d+\.\d+\.\d+@sha256:[0-9a-f]{64}\}$/, name)
    assert.ok(healthcheck, name)
    assert.ok(
      volumes.some((volume) => (volume.split(':')[0] ?? '') in file.volumes),
      name,
    )
  }
})

test('Redpanda makes no topic by itself, as MSK does not', () => {
  const command = file.services['redpanda']?.command ?? []

  assert.equal(command[command.indexOf('redpanda.auto_create_topics_enabled=false') - 1], '--set')
})

test('no setting is joined to --set, which Redpanda’s server would die of', () => {
  const joined = file.services['redpanda']?.command?.filter((word) => word.startsWith('--set='))

  assert.deepEqual(joined, [])
})

test('LocalStack is the last version that needs no account', () => {
  assert.match(file.services['localstack']?.image ?? '', /4\.14\.0/)
})

test('every port comes from the environment and is published to this machine alone', () => {
  const ports = Object.values(file.services).flatMap((service) => service.ports)

  assert.ok(ports.length >= 2)
  for (const port of ports)
    assert.match(port, /^(?:127\.0\.0\.1|\$\{ADDRESS_AWS:-127\.0\.0\.1\}):\$\{PORT_\w+:-\d+\}:\d+$/)
})

test('functions join the network that the two services have', () => {
  assert.equal(file.services['localstack']?.environment?.['LAMBDA_DOCKER_NETWORK'], file.networks['default']?.name)
})
