import { createServer } from 'node:net'
import { EngineError } from './engine-error.ts'

/** Refuses to start where another program listens already. `flag` is what the user can set instead. */
export async function wantFreePort(port: number, { what, flag }: { readonly what: string; readonly flag: string }) {
  if (await isFree(port)) return
  throw new EngineError(`Port ${port}, wanted for ${what}, is taken by another program. Choose another: ${flag} PORT.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
