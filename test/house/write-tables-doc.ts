import { writeFileSync } from 'node:fs'
import { TABLES } from '../../lambdas/core/tables.ts'
import { tablesDoc } from './tables-doc.ts'

writeFileSync('docs/tables.md', tablesDoc(TABLES))
