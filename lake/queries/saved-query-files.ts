import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseSavedQuery, parseSavedView, type SavedQuery, type SavedView } from './saved-query.ts'
import { viewsInOrder } from './saved-views.ts'

/** The folder `queries/` of this repository. */
const FOLDER = join(import.meta.dirname, '../../queries')

/** Every saved query, by name. */
export function readSavedQueries(folder = FOLDER): readonly SavedQuery[] {
  return sqlFiles(folder).map(({ name, text }) => parseSavedQuery(name, text))
}

/** Every saved view, each after the views that it reads. */
export function readSavedViews(folder = join(FOLDER, 'views')): readonly SavedView[] {
  return viewsInOrder(sqlFiles(folder).map(({ name, text }) => parseSavedView(name, text)))
}

function sqlFiles(folder: string): readonly { readonly name: string; readonly text: string }[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  return files.map((file) => ({ name: basename(file, '.sql'), text: readFileSync(join(folder, file), 'utf8') }))
}
