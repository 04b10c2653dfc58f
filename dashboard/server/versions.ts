/** Answers that are made once for each version of the tables that they are of. */
import { createHash } from 'node:crypto'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { Table } from '../../lake/tables/table.ts'

/** A text that is another whenever a file of the tables is. */
export async function versionOf(files: Pick<ObjectStore, 'list'>, tables: readonly Table[]): Promise<string> {
  const hash = createHash('sha256')
  for (const { prefix } of tables)
    for await (const { key, etag } of files.list(`${prefix}/`)) hash.update(`${key} ${etag}\n`)
  return hash.digest('base64url').slice(0, 22)
}

/** Most answers that are kept at once; a symbol's bars of ten years take a quarter of a megabyte. */
const MOST_KEPT = 400

/** Keeps the newest answers by their name; two who ask at once get one and the same. */
export class Kept {
  readonly #answers = new Map<string, { readonly version: string; readonly answer: Promise<unknown> }>()

  /** The kept answer, or what `make` gives where there is none of this version. */
  of<T>(name: string, version: string, make: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(name)
    if (known?.version === version) return known.answer as Promise<T>
    const answer = make()
    this.#answers.delete(name)
    this.#answers.set(name, { version, answer })
    answer.catch(() => {
      if (this.#answers.get(name)?.answer === answer) this.#answers.delete(name)
    })
    const [oldest] = this.#answers.keys()
    if (this.#answers.size > MOST_KEPT && oldest !== undefined) this.#answers.delete(oldest)
    return answer
  }
}
