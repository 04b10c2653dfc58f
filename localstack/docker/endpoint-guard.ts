/**
 * Stands before LocalStack as guarded_ministack.py does before MiniStack, and by the same rules: programs that speak to
 * AWS are passed on byte for byte, web pages are refused. LocalStack's image is used as it is, so this guard is a proxy.
 */
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'

export interface Place {
  readonly host: string
  readonly port: number
}

interface Asked {
  readonly url: string
  /** Each name's values, as often as it was sent. */
  readonly headers: Readonly<Partial<Record<string, readonly string[]>>>
}

/** A name that an attacker's DNS server can point at 127.0.0.1 is none of these; `bucket.localhost` is ours. */
const OUR_HOST = /^(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9.-]+\.)?localhost)(?::\d+)?$/i
/** LocalStack's own paths: mails, queues, state, and whether it is up, which alone may be asked. */
const ITS_CONTROLS = /^\/_(?:localstack|aws|extension)(?:\/|$)/
const ITS_HEALTH = '/_localstack/health'

/** Why a request is refused; undefined where it is passed on. */
function refusal({ url, headers }: Asked): string | undefined {
  if (headers['origin'] !== undefined || headers['referer'] !== undefined) {
    return 'This endpoint answers programs, not web pages: the request has an Origin or a Referer.'
  }
  if (headers['sec-fetch-site']?.some((site) => site !== 'none')) {
    return 'This endpoint answers programs, not web pages: the request comes from another site (Sec-Fetch-Site).'
  }
  const [host = '', ...more] = headers['host'] ?? []
  if (more.length > 0 || !OUR_HOST.test(host)) {
    return 'This endpoint is 127.0.0.1 or localhost; the request names another Host.'
  }
  const path = pathOf(url)
  if (path === undefined) return 'The request names no path of this endpoint.'
  if (!ITS_CONTROLS.test(path) || path === ITS_HEALTH) return undefined
  return 'The emulator’s own controls are closed; npm run local:down ends it, and its state with it.'
}

/** As the emulator will read it: unescaped, with one slash for several; undefined where it is no path. */
function pathOf(url: string): string | undefined {
  const [path = ''] = url.split(/[?#]/, 1)
  if (!path.startsWith('/')) return undefined
  try {
    return decodeURIComponent(path).replaceAll(/\/+/g, '/')
  } catch {
    return undefined
  }
}

/** A server that refuses or passes on; the caller says where it listens. */
export function guardedProxy(target: Place): Server {
  const agent = new Agent({ keepAlive: true })
  const server = createServer((asked, answer) => {
    const why = refusal({ url: asked.url ?? '', headers: asked.headersDistinct })
    if (why === undefined) passOn(asked, answer, { ...target, agent })
    else refuse(asked, answer, why)
  })
  // AWS's clients set their own times: a long query, or a file that takes minutes, is no fault of theirs.
  server.requestTimeout = 0
  server.on('checkContinue', (asked, answer) => server.emit('request', asked, answer))
  server.on('upgrade', (_asked, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n'))
  server.on('close', () => agent.destroy())
  return server
}

function refuse(asked: IncomingMessage, answer: ServerResponse, why: string): void {
  asked.resume()
  answer.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' }).end(`${why}\n`)
}

function passOn(asked: IncomingMessage, answer: ServerResponse, { agent, ...to }: Place & { readonly agent: Agent }) {
  if (asked.headers.expect !== undefined) answer.writeContinue()
  const { method = 'GET', url: path = '/', rawHeaders } = asked
  const headers = withoutExpect(rawHeaders)
  const inner = request({ ...to, agent, method, path, headers, setHost: false }, (found) => {
    answer.writeHead(found.statusCode ?? 502, found.statusMessage, found.rawHeaders)
    found.pipe(answer)
    found.on('error', () => answer.destroy())
  })
  inner.on('error', (error) => {
    if (answer.headersSent) return void answer.destroy()
    answer.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' })
    answer.end(`LocalStack does not answer behind this guard: ${error.message}\n`)
  })
  answer.on('close', () => {
    if (!answer.writableFinished) inner.destroy()
  })
  asked.pipe(inner)
}

/** "Expect: 100-continue" is answered here; asked again, LocalStack's own answer would come between. */
function withoutExpect(raw: readonly string[]): string[] {
  return raw.filter((_, i) => raw[i - (i % 2)]?.toLowerCase() !== 'expect')
}
