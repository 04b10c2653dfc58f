/** Athena's SQL over the lake on this machine: translated, and asked of DuckDB in this process over a copy of the files. */
import { join } from 'node:path'
import { cellText } from '../../lake/queries/athena-sql/cells.ts'
import type { Translation } from '../../lake/queries/athena-sql/translate.ts'
import { typeText } from '../../lake/queries/athena-sql/types.ts'
import type { QueryAnswer, QueryEngine, RunOptions } from '../../lake/queries/query-engine.ts'
import { type Relation, relationsOf } from '../../lake/queries/relations.ts'
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import { text } from '../../lake/queries/sql-text.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { ColumnType, Table } from '../../lake/tables/table.ts'
import { TABLES } from '../../lake/tables/tables.ts'
import { type KeptTranslations, keptTranslations } from './kept-translations.ts'
import { LakeCopy } from './lake-copy.ts'

/** What a lake's database is called where no deployment says it. */
export const LOCAL_DATABASE = 'tickerlake'

export interface LakeEngineOptions {
  /** Where the copies of files are kept, from one process to the next. */
  readonly folder: string
  /** Where translations of statements are kept. @default beside the copies */
  readonly translations?: string | undefined
  /** What the lake is called: `tickerlake.bars` is `bars`. */
  readonly database?: string | undefined
}

/** Each statement lists the files and copies what is new: its answer is of the lake as it is now. */
export function lakeQueryEngine(
  store: ObjectStore,
  { folder, translations = join(folder, 'views'), database = LOCAL_DATABASE }: LakeEngineOptions,
): QueryEngine {
  const relations = relationsOf(readSavedViews())
  const copy = new LakeCopy(store, folder)
  const kept = keptTranslations(translations, relations)
  let opened: ReturnType<typeof openedFor> | undefined
  const duckdb = () => {
    opened ??= openedFor(copy.folder)
    return opened
  }
  return {
    name: 'DuckDB',
    async run(sql, options = {}) {
      const started = Date.now()
      const { answer, bytes } = await answered(sql, { copy, kept, duckdb, relations, database, ...options })
      return { ...answer, stats: { bytesScanned: bytes, milliseconds: Date.now() - started, isOfWholeFiles: true } }
    },
  }
}

interface Asked extends RunOptions {
  readonly copy: LakeCopy
  readonly kept: KeptTranslations
  /** One database for all statements; its own views are each connection's. */
  readonly duckdb: () => ReturnType<typeof openedFor>
  readonly relations: ReadonlyMap<string, Relation>
  readonly database: string
}

interface Answered {
  readonly answer: Pick<QueryAnswer, 'columns' | 'rows' | 'notes'>
  readonly bytes: number
}

async function answered(sql: string, { signal, enoughRows, ...asked }: Asked): Promise<Answered> {
  const statement = await read(sql, asked)
  if (statement.kind === 'catalog') return { answer: statement.answer, bytes: 0 }
  const { tables, views, columns, notes, ...translation } = statement.translation
  const { definitions, bytes } = await copyTables(tables, asked.copy)
  const { askDuckdb } = await import('./ask-duckdb.ts')
  const preparation = [...definitions, ...views]
  const rows = await askDuckdb(await asked.duckdb(), translation.sql, { preparation, signal, enoughRows })
  return {
    answer: {
      columns: columns.map(({ name, type }) => ({
        name,
        type: typeText(type).replace(/^timestamp\(\d\)/, 'timestamp'),
      })),
      rows: rows.map((row) => columns.map(({ type }, i) => cellText(row[i], type))),
      notes,
    },
    bytes,
  }
}

/** The grammar is loaded only for a statement that was never asked: it takes longer than a small query. */
async function read(sql: string, { relations, database, kept }: Omit<Asked, 'signal'>) {
  const asked = `${database} ${sql}`
  const known: Translation | undefined = kept.statement(asked)
  if (known) return { kind: 'query', translation: known } as const
  const { readStatement } = await import('../../lake/queries/athena-sql/translate.ts')
  const statement = readStatement(sql, { relations, database, kept })
  if (statement.kind === 'query') kept.keep(asked, statement.translation)
  return statement
}

async function openedFor(folder: string) {
  const { openDuckdb } = await import('./ask-duckdb.ts')
  const { PRELUDE } = await import('../../lake/queries/athena-sql/prelude.ts')
  return openDuckdb([...PRELUDE, ...lockedTo(folder)])
}

interface LakeFiles {
  /** Statements that make every table that is read a view. */
  readonly definitions: readonly string[]
  readonly bytes: number
}

async function copyTables(read: ReadonlySet<Table>, copy: LakeCopy): Promise<LakeFiles> {
  const tables = TABLES.filter((one) => read.has(one))
  const copies = await Promise.all(tables.map(async (table) => ({ table, ...(await copy.of(table)) })))
  return {
    definitions: copies.map(({ table, files }) => tableView(table, files)),
    bytes: copies.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

/** Whatever a statement would do, DuckDB itself reads nothing but the copies, writes nothing, and cannot be told otherwise. */
function lockedTo(folder: string): readonly string[] {
  return [
    `SET allowed_directories = [${text(folder)}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ]
}

/** What DuckDB calls our types; Athena's timestamps have no zone. */
const DUCKDB_TYPES = {
  string: 'VARCHAR',
  binary: 'BLOB',
  double: 'DOUBLE',
  int: 'INTEGER',
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
} as const satisfies Record<ColumnType, string>

/** The statement that makes a table's files a view of the connection; without files, an empty one of its columns. */
function tableView(table: Table, files: readonly string[]): string {
  return `CREATE TEMP VIEW "lake ${table.name}" AS ${files.length === 0 ? nothing(table) : rowsOf(table, files)}`
}

function nothing({ columns, partitionKey }: Table): string {
  const typed = columns.map(({ name, type }) => `NULL::${DUCKDB_TYPES[type]} AS ${name}`)
  return `SELECT ${[...typed, `NULL::VARCHAR AS ${partitionKey.name}`].join(', ')} WHERE false`
}

/**
 * A file of an older day may lack a column that the table got since. Files that call their times UTC's and files that leave
 * it open come out alike. An Iceberg table's files have the partition key as a column, and each engine puts them into
 * folders of its own; the other tables' have it in the name of their folder alone.
 */
function rowsOf({ columns, prefix, partitionKey: { name } }: Table, files: readonly string[]): string {
  const isIceberg = files.some((file) => file.includes(`/${prefix}/data/`))
  const folders = isIceberg ? 'false' : `true, hive_types = {'${name}': VARCHAR}`
  const list = files.map(text).join(', ')
  const times = columns
    .filter(({ type }) => type === 'timestamp')
    .map((column) => `make_timestamp(epoch_us(${column.name})) AS ${column.name}`)
  const replaced = times.length === 0 ? '' : ` REPLACE (${times.join(', ')})`
  return `SELECT *${replaced} FROM read_parquet([${list}], union_by_name = true, hive_partitioning = ${folders})`
}
