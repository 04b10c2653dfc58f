import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { TickerlakeError } from '../../lake/errors.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { Table } from '../../lake/tables/table.ts'

/** A table's files as they stood a moment ago. */
export interface TableCopy {
  /** Paths on this machine, `…/bars/month=2013-03/bars.parquet`. */
  readonly files: readonly string[]
  readonly bytes: number
}

const AT_ONCE = 8

/** Copies a table's Parquet files below a folder, under their keys. */
export async function copyTable({ prefix }: Table, store: ObjectStore, folder: string): Promise<TableCopy> {
  const keys: string[] = []
  for await (const { key } of store.list(`${prefix}/`)) if (key.endsWith('.parquet')) keys.push(key)
  const copies = await inParallel(keys, AT_ONCE, async (key) => copyObject(key, store, folder))
  const copied = copies.filter((copy) => copy !== undefined)
  return { files: copied.map(({ file }) => file), bytes: copied.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** Undefined where the object has gone since it was listed. */
async function copyObject(
  key: string,
  store: ObjectStore,
  folder: string,
): Promise<{ readonly file: string; readonly bytes: number } | undefined> {
  const object = await store.get(key)
  if (!object) return undefined
  const file = fileBelow(folder, key)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, object.body)
  return { file, bytes: object.body.length }
}

/** The file of a key below a folder. A key may hold `..`, and whoever can write to a bucket chooses its keys. */
function fileBelow(folder: string, key: string): string {
  const file = resolve(folder, key)
  if (file.startsWith(resolve(folder) + sep) && !key.split('/').includes('..')) return file
  throw new TickerlakeError('foreign-key', `The key ${JSON.stringify(key)} leads out of the folder; it is not copied.`)
}
