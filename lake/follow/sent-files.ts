import { type ObjectStore, onlyOver } from '../store/object-store.ts'
import { encodeSentFile, parseSentFile, type SentFile } from './node-sent-file.ts'
import { sentFileKey } from './taken-files.ts'

export interface SentVersion {
  /** Undefined where it cannot be read: then nobody knows what was sent. */
  readonly file: SentFile | undefined
  readonly etag: string
}

/** What was sent of each history file; written only over the version that was read. */
export class SentFiles {
  readonly #store: ObjectStore
  readonly #nonce: () => string

  constructor(store: ObjectStore, nonce: () => string) {
    this.#store = store
    this.#nonce = nonce
  }

  async read(history: string): Promise<SentVersion | undefined> {
    const found = await this.#store.get(sentFileKey(history))
    return found && { file: parseSentFile(found.body), etag: found.etag }
  }

  /** False where somebody else wrote meanwhile, or where an answer that was lost makes it look so. */
  async replace(history: string, file: SentFile, found: SentVersion | undefined): Promise<boolean> {
    const body = encodeSentFile(file, this.#nonce())
    const outcome = await this.#store.put(sentFileKey(history), body, { condition: onlyOver(found?.etag) })
    if (outcome.kind === 'written') return true
    const standing = await this.#store.get(sentFileKey(history))
    return standing?.body.every((byte, i) => byte === body[i]) ?? false
  }
}
