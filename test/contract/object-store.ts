import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ObjectChangedError, type ObjectStore } from '../../lake/store/object-store.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (body: Uint8Array | undefined): string => new TextDecoder().decode(body)
const freshKey = (): string => `contract/${crypto.randomUUID()}`

/** What every object store must do. `makeStore` gives one whose keys below `contract/` are free. */
export function objectStoreContract(name: string, makeStore: () => ObjectStore | Promise<ObjectStore>): void {
  describe(`object store contract: ${name}`, () => {
    test('an object comes back with its bytes, size, ETag and metadata', async () => {
      const store = await makeStore()
      const key = freshKey()

      const outcome = await store.put(key, bytes('bars'), { metadata: { Kind: 'data' } })

      const found = await store.get(key)
      assert.equal(textOf(found?.body), 'bars')
      assert.deepEqual(await store.head(key), { size: 4, etag: found?.etag, metadata: { kind: 'data' } })
      assert.deepEqual(outcome, { kind: 'written', etag: found?.etag })
    })

    test('nothing at a key is undefined, not an error', async () => {
      const store = await makeStore()

      assert.equal(await store.get(freshKey()), undefined)
      assert.equal(await store.head(freshKey()), undefined)
    })

    test('an empty object is an object', async () => {
      const store = await makeStore()
      const key = freshKey()

      await store.put(key, new Uint8Array(), { metadata: { kind: 'void' } })

      assert.equal((await store.head(key))?.size, 0)
      assert.equal((await store.get(key))?.body.length, 0)
    })

    test('a range holds the bytes from start up to, not including, end', async () => {
      const store = await makeStore()
      const key = freshKey()
      await store.put(key, bytes('0123456789'))

      assert.equal(textOf(await store.getRange(key, 2, 5)), '234')
    })

    test('a range of a version is of that version, or says that it was replaced or removed', async () => {
      const store = await makeStore()
      const key = freshKey()
      const written = await store.put(key, bytes('0123456789'))
      assert.equal(written.kind, 'written')
      const ofThatVersion = { ifMatch: written.etag }

      const standing = textOf(await store.getRange(key, 2, 5, ofThatVersion))
      await store.put(key, bytes('abcdefghij'))

      assert.equal(standing, '234')
      await assert.rejects(store.getRange(key, 2, 5, ofThatVersion), ObjectChangedError)
      await store.delete(key)
      await assert.rejects(store.getRange(key, 2, 5, ofThatVersion), ObjectChangedError)
    })

    test('a put that wants nothing there writes once', async () => {
      const store = await makeStore()
      const key = freshKey()

      const first = await store.put(key, bytes('one'), { condition: { kind: 'absent' } })
      const second = await store.put(key, bytes('two'), { condition: { kind: 'absent' } })

      assert.equal(first.kind, 'written')
      assert.deepEqual(second, { kind: 'condition-failed' })
      assert.equal(textOf((await store.get(key))?.body), 'one')
    })

    test('a put that wants a version replaces that version and no other', async () => {
      const store = await makeStore()
      const key = freshKey()
      const first = await store.put(key, bytes('one'))
      assert.equal(first.kind, 'written')

      const second = await store.put(key, bytes('two'), { condition: { kind: 'matches', etag: first.etag } })
      const late = await store.put(key, bytes('late'), { condition: { kind: 'matches', etag: first.etag } })

      assert.equal(second.kind, 'written')
      assert.deepEqual(late, { kind: 'condition-failed' })
      assert.equal(textOf((await store.get(key))?.body), 'two')
    })

    test('a put that wants a version of an object that is not there fails its condition', async () => {
      const store = await makeStore()
      const condition = { kind: 'matches', etag: '"9dd4e461268c8034f5c8564e155c67a6"' } as const

      assert.deepEqual(await store.put(freshKey(), bytes('x'), { condition }), { kind: 'condition-failed' })
    })

    test('of sixteen writers that want nothing there exactly one wins', async () => {
      const store = await makeStore()
      const key = freshKey()
      const condition = { kind: 'absent' } as const

      const outcomes = await Promise.all(
        Array.from({ length: 16 }, (_, i) => store.put(key, bytes(`writer ${i}`), { condition })),
      )

      assert.equal(outcomes.filter(({ kind }) => kind === 'written').length, 1)
    })

    test('a listing holds the keys below a prefix in byte order, from after a key', async () => {
      const store = await makeStore()
      const prefix = `${freshKey()}/`
      for (const name of ['b', 'a', 'é', 'c']) await store.put(`${prefix}${name}`, bytes(name))

      const all = await Array.fromAsync(store.list(prefix))
      const later = await Array.fromAsync(store.list(prefix, { startAfter: `${prefix}b` }))

      assert.deepEqual(
        all.map(({ key, size }) => `${key.slice(prefix.length)} ${size}`),
        ['a 1', 'b 1', 'c 1', 'é 2'],
      )
      assert.deepEqual(
        later.map(({ key }) => key.slice(prefix.length)),
        ['c', 'é'],
      )
    })

    test('a listing goes on past one page of a thousand keys', async () => {
      const store = await makeStore()
      const prefix = `${freshKey()}/`
      await Promise.all(Array.from({ length: 1005 }, (_, i) => store.put(`${prefix}${i}`, bytes('x'))))

      assert.equal((await Array.fromAsync(store.list(prefix))).length, 1005)
    })

    test('a deleted object is gone, and deleting nothing is fine', async () => {
      const store = await makeStore()
      const key = freshKey()
      await store.put(key, bytes('x'))

      await store.delete(key)
      await store.delete(key)

      assert.equal(await store.get(key), undefined)
    })
  })
}
