/** The pages that are made from code, in whole or between two marks: what each should say, from what it says. */
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import { TABLES } from '../../lake/tables/tables.ts'
import { functionsDoc } from './functions-doc.ts'
import { knobsDoc } from './knobs-doc.ts'
import { securityDoc } from './security-doc.ts'
import { speedDoc } from './speed-doc.ts'
import { tablesDoc } from './tables-doc.ts'

export const MADE_PAGES: Readonly<Record<string, (page: string) => string>> = {
  'docs/deploy.md': knobsDoc,
  'docs/queries.md': functionsDoc,
  'docs/security.md': securityDoc,
  'docs/speed.md': speedDoc,
  'docs/tables.md': () => tablesDoc(TABLES, readSavedViews()),
}
