import assert from 'node:assert/strict'
import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { sharedState } from '../support/engine.ts'

const { endpoint } = sharedState()
const { host, port } = new URL(endpoint)

interface Asked {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The status of one raw request, as no client library would send it. */
function statusOf({ method = 'GET', path = '/', headers = {}, body }: Asked): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(endpoint), { method, path, headers: { host, ...headers } }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const MAKE_A_FUNCTION = { method: 'POST', path: '/2015-03-31/functions', body: '{"FunctionName":"theirs"}' }

describe('the local AWS endpoint, asked by a web page', () => {
  const attacks: Readonly<Record<string, Asked>> = {
    'a form posted as text from a foreign page': {
      ...MAKE_A_FUNCTION,
      headers: { origin: 'https://evil.example', 'content-type': 'text/plain' },
    },
    'a form posted from a file or a sandboxed frame': { ...MAKE_A_FUNCTION, headers: { origin: 'null' } },
    'a page of another program on this machine': { ...MAKE_A_FUNCTION, headers: { origin: 'http://localhost:3000' } },
    'a preflight': {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'PUT' },
    },
    'an image whose address is a request': { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } },
    'a page of the same site on another port': { headers: { 'sec-fetch-site': 'same-site' } },
    'a page whose name was pointed here (DNS rebinding)': { headers: { host: `evil.example:${port}` } },
    'a rebound page that says it is of the same origin': {
      headers: { host: `evil.example:${port}`, 'sec-fetch-site': 'same-origin' },
    },
    'a name that only begins as ours': { headers: { host: `127.0.0.1.evil.example:${port}` } },
    'a name that only ends as ours': { headers: { host: `evillocalhost:${port}` } },
    'an old browser that only says where a link stood': { headers: { referer: 'http://evil.example/page' } },
  }
  for (const [name, attack] of Object.entries(attacks)) {
    test(`refuses ${name}`, async () => {
      assert.equal(await statusOf(attack), 403)
    })
  }

  test('refuses a websocket of a page', async () => {
    const status = await statusOf({
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-version': '13',
        origin: 'https://evil.example',
      },
    })

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

test('Kafka’s listener takes no HTTP: a page’s request is closed unanswered', async () => {
  const [broker = ''] = sharedState().brokers.split(',')
  const [name = '', kafkaPort] = broker.split(':')
  const answered = await new Promise<number>((resolve, reject) => {
    let bytes = 0
    const socket = connect({ host: name, port: Number(kafkaPort) })
    socket.on('data', (data) => (bytes += data.length))
    socket.on('error', reject)
    socket.on('close', () => resolve(bytes))
    socket.write('POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n')
  })

  assert.equal(answered, 0)
})
