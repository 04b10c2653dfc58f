import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { newMetadata, type TableMetadata } from '../../lake/iceberg/metadata.ts'
import type { Pointer } from '../../lake/iceberg/pointer.ts'
import { shapeOf } from '../../lake/iceberg/table-schema.ts'
import { BARS } from '../../lake/tables/tables.ts'

const shape = shapeOf(BARS, 'ts_event')
const retention = { snapshotDays: 5, keepLast: 5 }
const metadata: TableMetadata = newMetadata({
  shape,
  location: 's3://lake/bars',
  uuid: randomUUID(),
  now: 0,
  retention,
})
const fileOf = (name: string): string => `s3://lake/bars/metadata/${name}.metadata.json`

/** What every pointer to a table must do. `makePointer` gives one where no table is yet. */
export function pointerContract(name: string, makePointer: () => Pointer | Promise<Pointer>): void {
  describe(`pointer contract: ${name}`, () => {
    test('says nothing where there is no table', async () => {
      assert.equal(await (await makePointer()).load(), undefined)
    })

    test('is made once, and says what it was made with', async () => {
      const pointer = await makePointer()

      assert.equal(await pointer.create(fileOf('first'), metadata), 'done')
      assert.equal(await pointer.create(fileOf('other'), metadata), 'lost')
      assert.equal((await pointer.load())?.metadataFile, fileOf('first'))
    })

    test('moves on from the version that was read, and from no older one', async () => {
      const pointer = await makePointer()
      await pointer.create(fileOf('0'), metadata)
      const read = await pointer.load()
      assert.ok(read)

      assert.equal(await pointer.move(read, fileOf('1'), metadata), 'done')
      assert.equal(await pointer.move(read, fileOf('late'), metadata), 'lost')
      assert.equal((await pointer.load())?.metadataFile, fileOf('1'))
    })

    test('is not fooled where it stands again at what it said before', async () => {
      const pointer = await makePointer()
      await pointer.create(fileOf('a'), metadata)
      const read = await pointer.load()
      assert.ok(read)
      await pointer.move(read, fileOf('b'), metadata)
      const second = await pointer.load()
      assert.ok(second)
      await pointer.move(second, fileOf('a'), metadata)

      assert.equal(await pointer.move(read, fileOf('late'), metadata), 'lost')
    })

    test('lets exactly one of many through who move from one version', async () => {
      const pointer = await makePointer()
      await pointer.create(fileOf('0'), metadata)
      const read = await pointer.load()
      assert.ok(read)

      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, i) => pointer.move(read, fileOf(`to-${i}`), metadata)),
      )

      const winner = outcomes.indexOf('done')
      assert.deepEqual(
        outcomes.map((outcome) => outcome === 'done'),
        outcomes.map((_, i) => i === winner),
      )
      assert.equal((await pointer.load())?.metadataFile, fileOf(`to-${winner}`))
    })
  })
}
