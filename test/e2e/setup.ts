/** Before the first e2e test: the whole pipeline from nothing, once, kept. After the last: nothing is left. */
import { rmSync } from 'node:fs'
import { SHARED_ARGS, SHARED_DIR } from '../support/engine.ts'
import { placeFor, processesOf, runLocal } from '../support/local-command.ts'

const place = await placeFor('e2e')

export async function globalSetup(): Promise<void> {
  await runLocal(place, ['--down'])
  rmSync(SHARED_DIR, { recursive: true, force: true })
  await runLocal(place, SHARED_ARGS)
}

export async function globalTeardown(): Promise<void> {
  await runLocal(place, ['--down'])
  const left = processesOf(place)
  if (left.length > 0) throw new Error(`The engine has left processes behind:\n${left.join('\n')}`)
}
