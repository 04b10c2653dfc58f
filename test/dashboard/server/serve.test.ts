import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { StreamNow } from '../../../dashboard/api.ts'
import { LiveFeed } from '../../../dashboard/server/live-feed.ts'
import { listen } from '../../../dashboard/server/serve.ts'

const MEGABYTE = 1024 * 1024
/** A look as large as one of a hundred partitions with their troubles. */
const LOOK_BYTES = 64 * 1024
const LOOK = { at: 0, troubles: ['x'.repeat(LOOK_BYTES)] } as unknown as StreamNow
/** More than kernel and process together could hold of looks that are not folded into one. */
const LOOKS = 400

/** What the process holds for the connections that this server has answered and nobody has taken. */
function heldBy(t: TestContext): () => number {
  const responses: ServerResponse[] = []
  const started = (message: unknown): void => {
    responses.push((message as { readonly response: ServerResponse }).response)
  }
  subscribe('http.server.request.start', started)
  t.after(() => unsubscribe('http.server.request.start', started))
  return () => responses.reduce((sum, { writableLength }) => sum + writableLength, 0)
}

test('what is no request is refused as one, with the headers of every answer', async (t) => {
  const server = await listen({ port: 0, handlerFor: () => () => assert.fail('the handler was asked') })
  t.after(() => server.close())
  const port = Number(new URL(server.address).port)
  const asked = (method: string, body?: Uint8Array) =>
    new Promise<IncomingMessage>((answered, failed) => {
      request({ host: '127.0.0.1', port, path: '/api/query', method }, (answer) => answered(answer.resume()))
        .on('error', failed)
        .end(body)
    })

  for (const answer of [await asked('TRACE'), await asked('POST', new Uint8Array(MEGABYTE / 4 + 1))]) {
    assert.equal(answer.statusCode, 400)
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    assert.match(String(answer.headers['content-security-policy']), /^default-src 'none'/)
  }
})

test('a client that never reads costs less than a megabyte, however much there is to tell', async (t) => {
  let looks = 0
  const feed = new LiveFeed({
    look: async () => ({ stream: { ...LOOK, landed: ++looks }, changed: [] }),
    lookMs: 1,
    sleep: () => delay(1),
    now: Date.now,
    onDefect: (error) => assert.fail(String(error)),
  })
  const held = heldBy(t)
  const server = await listen({
    port: 0,
    handlerFor:
      () =>
      async ({ signal }) =>
        feed.events(signal),
  })
  t.after(() => server.close())
  const deaf = connect(Number(new URL(server.address).port), '127.0.0.1').pause()
  deaf.write('GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
  t.after(() => deaf.destroy())

  let most = 0
  while (looks < LOOKS) {
    await delay(1)
    most = Math.max(most, held())
  }
  global.gc?.()
  const before = process.memoryUsage().arrayBuffers
  const until = looks + LOOKS
  while (looks < until) {
    await delay(1)
    most = Math.max(most, held())
  }

  assert.ok(most > 0, 'nothing was held: the client is not deaf')
  assert.ok(most < MEGABYTE, `${most} bytes held`)
  const grown = process.memoryUsage().arrayBuffers - before
  assert.ok(grown < LOOKS * LOOK_BYTES * 0.5, `${grown} bytes more after ${LOOKS} looks more`)
})
