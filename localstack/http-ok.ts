import { Agent, get } from 'node:http'

/**
 * Whether an address on this machine answers with 200; rejects where nobody listens. Asked with an agent of its own: the
 * process's common one may go through a proxy, which knows no 127.0.0.1 of ours.
 */
export function isHttpOk(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: new Agent() }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    request.once('error', reject)
  })
}
