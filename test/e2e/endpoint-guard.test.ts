import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { describe, test } from 'node:test'
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { guardedProxy } from '../../localstack/docker/endpoint-guard.ts'
import { sharedState } from '../support/engine.ts'
import { type RawRequest, rawStatus, webAttacks, websocketOf } from '../support/web-attacks.ts'

const { endpoint } = sharedState()
const { port } = new URL(endpoint)

const statusOf = (asked: RawRequest) => rawStatus(endpoint, asked)

describe('the local AWS endpoint, asked by a web page', () => {
  for (const [name, attack] of Object.entries(webAttacks(port))) {
    test(`refuses ${name}`, async () => {
      assert.equal(await statusOf(attack), 403)
    })
  }

  test('refuses a websocket of a page', async () => {
    const status = await statusOf(websocketOf('https://evil.example'))

    assert.equal(status, 403)
  })
})

describe('the emulator’s own controls', () => {
  for (const path of ['/_ministack/reset', '//_ministack/reset', '/%5fministack/reset', '/_ministack/config']) {
    test(`${path} is closed, for it would empty the lake`, async () => {
      assert.equal(await statusOf({ method: 'POST', path, body: '{}' }), 403)
    })
  }

  test('whether it is up may be asked', async () => {
    assert.equal(await statusOf({ path: '/_ministack/ready' }), 200)
  })
})

describe('programs', () => {
  test('are answered as before', async () => {
    const { Buckets = [] } = await new S3Client(localClientConfig(endpoint)).send(new ListBucketsCommand())

    assert.ok(Buckets.length > 0)
  })

  test('may say localhost', async () => {
    assert.equal(await statusOf({ headers: { host: `localhost:${port}` } }), 200)
  })
})

test('the guard that stands before containers passes programs on to an emulator, and no page', async (t) => {
  const proxy = guardedProxy({ host: '127.0.0.1', port: Number(port) }).listen(0, '127.0.0.1')
  t.after(() => proxy.close())
  await once(proxy, 'listening')
  const guarded = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`

  const { Buckets = [] } = await new S3Client(localClientConfig(guarded)).send(new ListBucketsCommand())

  assert.ok(Buckets.length > 0)
  assert.equal(await rawStatus(guarded, { headers: { origin: 'https://evil.example' } }), 403)
})

test('Kafka’s listener takes no HTTP: a page’s request is closed unanswered', async () => {
  const [broker = ''] = sharedState().brokers.split(',')
  const [name = '', kafkaPort] = broker.split(':')
  const answered = await new Promise<number>((resolve, reject) => {
    let bytes = 0
    const socket = connect({ host: name, port: Number(kafkaPort) })
    socket.on('data', (data) => (bytes += data.length))
    // Bytes that the broker has not read when it closes come back as a reset.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    socket.on('close', () => resolve(bytes))
    socket.write('POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n')
  })

  assert.equal(answered, 0)
})
