import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { TestContext } from 'node:test'

export interface AwsAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface AwsAsked {
  readonly path: string
  readonly body: unknown
}

/** An AWS endpoint on this machine that answers each request by a function; gives what a client is made with. */
export async function awsServer(t: TestContext, answer: (asked: AwsAsked) => AwsAnswer) {
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = request.headers['content-length'] === undefined ? undefined : await json(request)
    const { status = 200, headers = {}, body: said } = answer({ path: request.url ?? '', body })
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(said))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  }
}
