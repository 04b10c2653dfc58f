/** Translations of views in a folder, for the next process: parsing the larger ones takes a second. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptViews, TranslatedView } from '../../lake/queries/kept-views.ts'
import type { Relation } from '../../lake/queries/relations.ts'
import { writeWhole } from '../engine/whole-file.ts'

const TRANSLATOR = join(import.meta.dirname, '../../lake/queries/athena-sql')

/** What is kept holds for these relations and this translator; where one of them changes, it is made again. */
export function keptViews(folder: string, relations: ReadonlyMap<string, Relation>): KeptViews {
  let version: string | undefined
  return {
    view(name, make) {
      version ??= versionOf(relations)
      const file = join(folder, `${name}.${version}.json`)
      if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
      const made: TranslatedView = make()
      writeWhole(file, JSON.stringify(made))
      return made
    },
  }
}

function versionOf(relations: ReadonlyMap<string, Relation>): string {
  const hash = createHash('sha256').update(JSON.stringify([...relations.values()]))
  for (const file of readdirSync(TRANSLATOR).toSorted()) hash.update(readFileSync(join(TRANSLATOR, file)))
  return hash.digest('hex').slice(0, 16)
}
