/**
 * JSON objects. Those that several may write are only ever replaced on condition, so that of writers who saw the same
 * version exactly one gets through.
 */
import { type ObjectStore, onlyOver, type PutOptions } from './object-store.ts'

/** An object as text; undefined where none stands at the key. */
export async function textAt(key: string, store: Pick<ObjectStore, 'get'>): Promise<string | undefined> {
  const found = await store.get(key)
  return found && new TextDecoder().decode(found.body)
}

/** Writes JSON that nobody else writes: on no condition. */
export async function putJson(key: string, json: string, store: Pick<ObjectStore, 'put'>): Promise<void> {
  await store.put(key, new TextEncoder().encode(json), { contentType: 'application/json' })
}

/** What is kept in an object that several may write. */
export interface Nonced {
  /**
   * Fresh for each write. An ETag is a hash of the content: two equal bodies have one ETag, and a compare-and-swap between
   * them proves nothing. It also tells a writer whose answer was lost that what stands there is its own.
   */
  readonly nonce: string
}

/** A value's JSON and back; `parse` throws for what is not such a value, and says what to do about the object at `key`. */
interface JsonFormat<Value> {
  readonly encode: (value: Value) => string
  readonly parse: (text: string, key: string) => Value
}

export interface JsonVersion<Value> {
  readonly value: Value
  readonly etag: string
}

export type JsonWrite<Value> =
  | { readonly kind: 'written'; readonly version: JsonVersion<Value> }
  | { readonly kind: 'conflict' }

interface JsonObjectsProps<Value> {
  readonly store: Pick<ObjectStore, 'get' | 'put'>
  readonly format: JsonFormat<Value>
  /** Makes a UUID. */
  readonly nonce: () => string
}

export class JsonObjects<Value extends Nonced> {
  readonly #props: JsonObjectsProps<Value>

  constructor(props: JsonObjectsProps<Value>) {
    this.#props = props
  }

  /** Undefined where nothing stands at the key. */
  async read(key: string): Promise<JsonVersion<Value> | undefined> {
    const found = await this.#props.store.get(key)
    return found && { value: this.#props.format.parse(new TextDecoder().decode(found.body), key), etag: found.etag }
  }

  /**
   * Writes over the version that `etag` names (undefined: over nothing), with a fresh nonce. A condition that failed may
   * be our own write whose answer was lost and that was tried again: the nonce tells.
   */
  async replace(key: string, value: Value, etag: string | undefined): Promise<JsonWrite<Value>> {
    const { store, format, nonce } = this.#props
    const mine: Value = { ...value, nonce: nonce() }
    const options: PutOptions = { condition: onlyOver(etag), contentType: 'application/json' }
    const outcome = await store.put(key, new TextEncoder().encode(format.encode(mine)), options)
    if (outcome.kind === 'written') return { kind: 'written', version: { value: mine, etag: outcome.etag } }
    const current = await this.read(key)
    return current?.value.nonce === mine.nonce ? { kind: 'written', version: current } : { kind: 'conflict' }
  }
}
