import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { uploadHistory } from '../../../localstack/aws/history.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { readRows } from '../../support/parquet.ts'

describe('uploading a history folder', () => {
  const root = mkdtempSync(join(tmpdir(), 'tickerlake-upload-'))
  const CSV = 'Date,Open,High,Low,Close,Adj Close,Volume\n2013-03-01,1,2,0.5,1.5,1.4,100\n'
  const folderWith = (files: Readonly<Record<string, string | Uint8Array>>) => {
    const folder = mkdtempSync(join(root, 'history-'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
  }
  after(() => rmSync(root, { recursive: true }))

  test('turns CSV into Parquet, takes Parquet as it is and leaves other files alone', async () => {
    const store = new MemoryObjectStore()

    const { files, skipped } = await uploadHistory(
      folderWith({ 'AAPL.csv': CSV, 'IBM.csv.gz': gzipSync(CSV), NOTICE: '' }),
      store,
    )

    const aapl = await store.get('history/AAPL.parquet')
    assert.equal(files, 2)
    assert.deepEqual(
      skipped.map(({ file, reason }) => [basename(file), reason]),
      [['NOTICE', 'neither CSV nor Parquet by its name']],
    )
    assert.equal((await readRows(aapl?.body ?? new Uint8Array()))[0]?.['Adj Close'], 1.4)
    assert.ok(await store.get('history/IBM.parquet'))
    assert.equal(await store.get('history/NOTICE'), undefined)
  })

  test('takes away what is no longer in the folder, and neither what was fetched nor anything else', async () => {
    const store = new MemoryObjectStore()
    await store.put('replay/cursor.json', new Uint8Array())
    await store.put('history/yahoo/1d/BTC-USD.parquet', new Uint8Array())
    await uploadHistory(folderWith({ 'AAPL.csv': CSV }), store)

    const { fetched } = await uploadHistory(folderWith({ 'MSFT.csv': CSV }), store)

    assert.equal(fetched, 1)
    const keys = []
    for await (const { key } of store.list('')) keys.push(key)
    assert.deepEqual(keys, ['history/MSFT.parquet', 'history/yahoo/1d/BTC-USD.parquet', 'replay/cursor.json'])
  })

  test('leaves out what is no history and takes the others', async () => {
    const store = new MemoryObjectStore()
    const broken = folderWith({ 'A.csv': 'hello\n', 'B.csv': CSV, 'C.csv': '', 'D.csv': `${CSV}"never closed` })
    await store.put('history/A.parquet', new Uint8Array())

    const { files, skipped } = await uploadHistory(broken, store)

    assert.equal(files, 1)
    assert.deepEqual(skipped.map(({ file }) => basename(file)).sort(), ['A.csv', 'C.csv', 'D.csv'])
    assert.match(skipped.find(({ file }) => file.endsWith('A.csv'))?.reason ?? '', /no column Date/)
    assert.equal(await store.get('history/A.parquet'), undefined)
  })

  const misuses: readonly (readonly [string, () => string, RegExp])[] = [
    [
      'a folder without history',
      () => folderWith({ 'notes.md': '' }),
      /There is no \.parquet and no \.csv file in .* What is there: .*notes\.md/,
    ],
    ['a folder that is not there', () => join(root, 'nowhere'), /Cannot read the folder .*nowhere/],
    ['one history twice', () => folderWith({ 'A.csv': CSV, 'A.parquet': '' }), /are one history; leave one/],
    ['a folder of files that are none', () => folderWith({ 'A.csv': 'hello\n' }), /No file .*A\.csv: .*Date/],
  ]
  for (const [name, folder, sentence] of misuses) {
    test(`refuses ${name} in one sentence`, async () => {
      await assert.rejects(uploadHistory(folder(), new MemoryObjectStore()), sentence)
    })
  }
})
