import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { useProxyOf } from '../../command/proxy.ts'

test('a proxy without a scheme, as curl takes it, is used, but not for this machine', async (t) => {
  const asked: string[] = []
  const proxy = createServer((_, response) => response.end('itself')).listen(0, '127.0.0.1')
  proxy.on('connect', ({ url = '' }, socket) => {
    asked.push(url)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  t.after(() => {
    proxy.close()
    proxy.closeAllConnections()
  })
  await once(proxy, 'listening')
  const { port } = proxy.address() as AddressInfo

  useProxyOf({ https_proxy: `127.0.0.1:${port}`, http_proxy: '127.0.0.1:1' })

  await assert.rejects(fetch('https://bars.example/AAPL'))
  assert.deepEqual(asked, ['bars.example:443'])
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'itself')
})

test('what is no HTTP proxy is refused by its name', () => {
  for (const text of ['socks5://127.0.0.1:1080', 'http://']) {
    assert.throws(() => useProxyOf({ HTTPS_PROXY: text }), {
      message: `HTTPS_PROXY takes a proxy like http://proxy.example:3128; got "${text}".`,
    })
  }
})
