/** Translations of views and of statements in a folder, for the next process: parsing the larger ones takes a second. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Translation } from '../../lake/queries/athena-sql/translate.ts'
import type { KeptViews, Relation, TranslatedView } from '../../lake/queries/relations.ts'
import { TABLES } from '../../lake/tables/tables.ts'
import { readNote, writeWhole } from '../engine/whole-file.ts'

const TRANSLATOR = join(import.meta.dirname, '../../lake/queries/athena-sql')

/** So many statements are kept, those that were written last. */
const MOST_STATEMENTS = 200

export interface KeptTranslations extends KeptViews {
  /** The statement's translation, where it was asked before. */
  readonly statement: (sql: string) => Translation | undefined
  readonly keep: (sql: string, translation: Translation) => void
}

/** A translation as a file has it: sets are lists there. */
type Kept = Omit<Translation, 'tables'> & { readonly tables: readonly string[] }

/** What is kept holds for these relations and this translator; where one of them changes, it is made again. */
export function keptTranslations(folder: string, relations: ReadonlyMap<string, Relation>): KeptTranslations {
  let known: string | undefined
  const version = (): string => {
    known ??= versionOf(relations)
    return known
  }
  const statements = join(folder, 'statements')
  const fileOf = (sql: string): string => join(statements, `${hashed(`${version()} ${sql}`)}.json`)
  return {
    view(name, make) {
      const file = join(folder, `${name}.${version()}.json`)
      const kept = readNote<TranslatedView>(file)
      if (kept) return kept
      const made: TranslatedView = make()
      writeWhole(file, JSON.stringify(made))
      return made
    },
    statement(sql) {
      const kept = readNote<Kept>(fileOf(sql))
      if (!kept) return undefined
      const { tables, ...rest } = kept
      return { ...rest, tables: new Set(TABLES.filter(({ name }) => tables.includes(name))) }
    },
    keep(sql, { tables, ...rest }) {
      writeWhole(fileOf(sql), JSON.stringify({ ...rest, tables: [...tables].map(({ name }) => name) }))
      removeOldest(statements)
    },
  }
}

/** Another process may remove the same file. */
function removeOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name))
  if (files.length <= MOST_STATEMENTS) return
  const written = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const oldest = files.map((file) => ({ file, at: written(file) })).toSorted((a, b) => a.at - b.at)
  for (const { file } of oldest.slice(0, files.length - MOST_STATEMENTS)) rmSync(file, { force: true })
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

function versionOf(relations: ReadonlyMap<string, Relation>): string {
  const hash = createHash('sha256').update(JSON.stringify([...relations.values()]))
  for (const file of readdirSync(TRANSLATOR).toSorted()) hash.update(readFileSync(join(TRANSLATOR, file)))
  return hash.digest('hex').slice(0, 16)
}
