import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import type { Place } from '../docker/endpoint-guard.ts'
import { EngineError } from './engine-error.ts'

/** Refuses to start where another program listens already. `flag` is what the user can set instead. */
export async function wantFreePort(port: number, { what, flag }: { readonly what: string; readonly flag: string }) {
  if (await isFree(port)) return
  throw new EngineError(`Port ${port}, wanted for ${what}, is taken by another program. Choose another: ${flag} PORT.`)
}

/** Below those that outgoing connections get: one of them could take a port before an engine listens on it. */
const LEAST_PORT = 12_000
const MOST_PORT = 32_000

/** The first of so many free ports in a row. */
export async function freePortsFrom(count: number): Promise<number> {
  for (;;) {
    const first = randomInt(LEAST_PORT, MOST_PORT)
    const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(first + i)))
    if (free.every(Boolean)) return first
  }
}

function isFree(port: number): Promise<boolean> {
  return listenOnce(port, '127.0.0.1').then(
    () => true,
    () => false,
  )
}

/**
 * An address and port of this machine at which nobody would look: what listens behind a guard has to be reached by the
 * guard alone, and a web page can try ports. Linux has all of 127.0.0.0/8, other systems only 127.0.0.1.
 */
export async function hiddenPlace(platform: NodeJS.Platform = process.platform): Promise<Place> {
  const host = platform === 'linux' ? `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}` : '127.0.0.1'
  return { host, port: await listenOnce(0, host) }
}

/** The port that it listened on: of 0, one that is free. */
function listenOnce(wanted: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port: wanted, host, exclusive: true }, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
