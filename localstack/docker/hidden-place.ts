import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import type { Place } from './endpoint-guard.ts'

/**
 * An address and port of this machine at which nobody would look: what listens behind a guard has to be reached by the
 * guard alone, and a web page can try ports. Linux has all of 127.0.0.0/8, other systems only 127.0.0.1.
 */
export async function hiddenPlace(platform: NodeJS.Platform = process.platform): Promise<Place> {
  const host = platform === 'linux' ? `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}` : '127.0.0.1'
  return { host, port: await freePort(host) }
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port: 0, host, exclusive: true }, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
