/** What a web page, or a name that was bent to this machine, can send to an endpoint on it. */
import { request } from 'node:http'

export interface RawRequest {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The status of one raw request, as no client library would send it. */
export function rawStatus(
  endpoint: string,
  { method = 'GET', path = '/', headers = {}, body }: RawRequest,
): Promise<number | undefined> {
  const { host } = new URL(endpoint)
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

/** Each is to be refused by an endpoint at this port. */
export function webAttacks(port: string): Readonly<Record<string, RawRequest>> {
  return {
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
}

/** The handshake of a page's websocket. */
export function websocketOf(origin: string): RawRequest {
  return {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
      origin,
    },
  }
}
