/** LocalStack's image cannot be had here: an HTTP server stands in for it, and writes down what reaches it. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, type TestContext, test } from 'node:test'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { localClientConfig } from '../../../localstack/aws/local-aws.ts'
import { guardedProxy, type Place } from '../../../localstack/docker/endpoint-guard.ts'
import { freePortsFrom, hiddenPlace } from '../../../localstack/engine/ports.ts'
import { isHttpOk } from '../../../localstack/engine/waiting.ts'
import { until } from '../../support/until.ts'
import { rawStatus, webAttacks, websocketOf } from '../../support/web-attacks.ts'

interface Reached {
  readonly line: string
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
}

type Answering = (reached: Reached, answer: ServerResponse) => void

const fine: Answering = (_reached, answer) => void answer.end('{}')

async function listening(t: TestContext, server: Server, { host, port }: Place): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

/** An emulator at a hidden place, and the guard before it; gives the guard's address and what got through. */
async function guarded(t: TestContext, answering = fine) {
  const reached: Reached[] = []
  const emulator = createServer(async (asked: IncomingMessage, answer) => {
    const one = { line: `${asked.method} ${asked.url}`, rawHeaders: asked.rawHeaders, body: await buffer(asked) }
    reached.push(one)
    answering(one, answer)
  })
  const hidden = await hiddenPlace()
  await listening(t, emulator, hidden)
  const port = await listening(t, guardedProxy(hidden), { host: '127.0.0.1', port: 0 })
  return { endpoint: `http://127.0.0.1:${port}`, port, hidden, reached, emulator }
}

describe('the guard before LocalStack, asked by a web page', () => {
  for (const name of Object.keys(webAttacks(''))) {
    test(`refuses ${name}, and nothing of it gets through`, async (t) => {
      const { endpoint, port, reached } = await guarded(t)

      assert.equal(await rawStatus(endpoint, webAttacks(String(port))[name] ?? assert.fail()), 403)

      assert.deepEqual(reached, [])
    })
  }

  test('refuses a websocket, whoever opens it', async (t) => {
    const { endpoint, reached } = await guarded(t)

    assert.equal(await rawStatus(endpoint, websocketOf('https://evil.example')), 403)
    assert.deepEqual(reached, [])
  })

  test('refuses two Hosts, a Host that is missing, and a whole address where a path belongs', async (t) => {
    const { port, reached } = await guarded(t)
    const requests = [
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      'GET / HTTP/1.0\r\n\r\n',
      `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
    ]
    for (const request of requests) assert.match(await raw(port, request), /^HTTP\/1\.1 40[03] /, request)

    assert.deepEqual(reached, [])
  })
})

describe('the emulator’s own controls', () => {
  const CLOSED = [
    '/_localstack/state/reset',
    '//_localstack/init',
    '/%5flocalstack/config',
    '/_aws/ses',
    '/_localstack',
  ]
  for (const path of CLOSED) {
    test(`${path} is closed`, async (t) => {
      const { endpoint, reached } = await guarded(t)

      assert.equal(await rawStatus(endpoint, { method: 'POST', path, body: '{}' }), 403)
      assert.deepEqual(reached, [])
    })
  }

  test('whether it is up may be asked', async (t) => {
    assert.ok(await isHttpOk(`${(await guarded(t)).endpoint}/_localstack/health`))
  })
})

describe('programs', () => {
  test('reach the emulator with every header and byte as they were sent', async (t) => {
    const { endpoint, port, reached } = await guarded(t)
    const s3 = new S3Client({ ...localClientConfig(endpoint), forcePathStyle: true })
    const Body = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251))

    await s3.send(new PutObjectCommand({ Bucket: 'lake', Key: 'a b/ü=1', Body, IfNoneMatch: '*' }))

    const [put] = reached
    assert.match(put?.line ?? '', /^PUT \/lake\/a%20b\/%C3%BC%3D1\?/)
    const headers = new Map(
      put?.rawHeaders.flatMap((name, i, all) => (i % 2 ? [] : [[name.toLowerCase(), all[i + 1]]])),
    )
    assert.equal(headers.get('host'), `127.0.0.1:${port}`)
    assert.equal(headers.get('if-none-match'), '*')
    assert.match(headers.get('authorization') ?? '', /^AWS4-HMAC-SHA256 /)
    assert.ok(put?.body.includes(Body.subarray(0, 60_000)))
  })

  test('get the answer as it was given: status, repeated headers, and a body in pieces', async (t) => {
    const { endpoint } = await guarded(t, (_reached, answer) => {
      answer.writeHead(412, 'Not Now', ['x-amz-id', 'one', 'x-amz-id', 'two'])
      answer.write('first ')
      setImmediate(() => answer.end('second'))
    })

    const answer = await fetch(`${endpoint}/lake/key`)

    assert.deepEqual([answer.status, answer.statusText, answer.headers.get('x-amz-id')], [412, 'Not Now', 'one, two'])
    assert.equal(await answer.text(), 'first second')
  })

  test('may say localhost, and wait for the word to send their body', async (t) => {
    const { port, reached } = await guarded(t)
    const head = `PUT /lake/key HTTP/1.1\r\nHost: lake.localhost:${port}\r\nExpect: 100-continue\r\nContent-Length: 4\r\n`

    const said = await raw(port, `${head}Connection: close\r\n\r\n`, 'body')

    assert.match(said, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
    assert.deepEqual(
      reached.map(({ line, body }) => [line, String(body)]),
      [['PUT /lake/key', 'body']],
    )
  })

  test('are told where the emulator has gone', async (t) => {
    const { endpoint, emulator } = await guarded(t)
    emulator.close()
    emulator.closeAllConnections()

    const answer = await fetch(endpoint)

    assert.equal(answer.status, 502)
    assert.match(await answer.text(), /LocalStack does not answer behind this guard: .*ECONNREFUSED/)
  })
})

test('as a process of its own it guards the port that it is told', async (t) => {
  const { hidden, reached } = await guarded(t)
  const port = await freePortsFrom(1)
  const args = ['localstack/docker/guard-process.ts', port, hidden.host, hidden.port].map(String)
  const guard = spawn(process.execPath, args, { env: {}, stdio: 'inherit' })
  t.after(() => guard.kill())
  const answers = () => isHttpOk(`http://127.0.0.1:${port}/_localstack/health`).catch(() => false)
  await until('an answer through the guard', () => {
    assert.equal(guard.exitCode, null, 'the guard has ended')
    return answers()
  })

  const status = await rawStatus(`http://127.0.0.1:${port}`, { headers: { origin: 'https://evil.example' } })

  assert.equal(status, 403)
  assert.ok(reached.every(({ line }) => line === 'GET /_localstack/health'))
})

test('on Linux the emulator is published at an address that no page would guess', async () => {
  const [one, other] = [await hiddenPlace('linux'), await hiddenPlace('linux')]

  assert.match(one.host, /^127\.\d+\.\d+\.\d+$/)
  assert.notEqual(one.host, other.host)
  assert.equal((await hiddenPlace('darwin')).host, '127.0.0.1')
})

/** What a server says to these bytes; `later` is sent when it has said something. */
async function raw(port: number, bytes: string, later?: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  if (later !== undefined) socket.once('data', () => socket.write(later))
  socket.write(bytes)
  let said = ''
  socket.on('data', (data) => (said += data))
  await once(socket, 'close')
  return said
}
