import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LAYOUT } from '../../lake/layout.ts'
import type { ObjectStore, PutOptions, PutOutcome, StoredObject } from '../../lake/store/object-store.ts'

/** A folder as the part of a lake that the fetcher writes: what is history lies in it, what the fetcher knows in `.fetch`. */
export class HistoryStore implements Pick<ObjectStore, 'get' | 'put'> {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const path = this.#pathOf(key)
    if (!existsSync(path)) return undefined
    const body = await readFile(path)
    return { body, size: body.length, etag: etagOf(body), metadata: {} }
  }

  /** One process writes here, so a condition is a look and a write. A reader finds the old file or the new one, whole. */
  async put(key: string, body: Uint8Array, { condition }: PutOptions = {}): Promise<PutOutcome> {
    const standing = await this.get(key)
    const holds = condition?.kind !== 'matches' || standing?.etag === condition.etag
    if (!holds || (condition?.kind === 'absent' && standing)) return { kind: 'condition-failed' }
    const path = this.#pathOf(key)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(`${path}.new`, body)
    await rename(`${path}.new`, path)
    return { kind: 'written', etag: etagOf(body) }
  }

  #pathOf(key: string): string {
    const history = `${LAYOUT.history}/`
    return key.startsWith(history) ? join(this.#folder, key.slice(history.length)) : join(this.#folder, `.${key}`)
  }
}

function etagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}
