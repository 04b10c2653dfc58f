/** A stand-in for the Lambda API: Invoke only, over HTTP, answered by a function of this process. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type GivenEvent, RecordingFunction } from './recording-function.ts'

export interface LambdaApiStandIn {
  readonly endpoint: string
  /** Names of the functions that were invoked, as they stood in the path. */
  readonly names: string[]
  readonly events: readonly GivenEvent[]
  close(): Promise<void>
}

/** Serves `POST /2015-03-31/functions/<name>/invocations` (AWS API reference, Invoke). */
export async function lambdaApiStandIn(invoker = new RecordingFunction()): Promise<LambdaApiStandIn> {
  const names: string[] = []
  const server = createServer(async (request, response) => {
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1]
    if (!name) return response.writeHead(404).end()
    names.push(decodeURIComponent(name))
    const answer = await invoker.invoke(name, (await buffer(request)).toString('utf8'))
    if (answer.kind === 'unavailable') {
      const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' }
      return response.writeHead(429, headers).end(JSON.stringify({ message: answer.message }))
    }
    if (answer.kind === 'refused') {
      const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'ResourceNotFoundException' }
      return response.writeHead(404, headers).end(JSON.stringify({ message: answer.message }))
    }
    const failed = answer.kind === 'function-error' ? { 'x-amz-function-error': 'Unhandled' } : {}
    response.writeHead(200, { 'x-amz-executed-version': '$LATEST', ...failed })
    return response.end(answer.kind === 'returned' ? answer.payload : JSON.stringify({ errorMessage: answer.message }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    names,
    events: invoker.events,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
