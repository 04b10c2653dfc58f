/** Writes the table of docs/security.md anew: `npm run docs:security`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { securityDoc } from './security-doc.ts'

const PAGE = 'docs/security.md'
writeFileSync(PAGE, securityDoc(readFileSync(PAGE, 'utf8')))
