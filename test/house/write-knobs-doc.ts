/** Writes the table of knobs in docs/deploy.md anew: `npm run docs:knobs`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { knobsDoc } from './knobs-doc.ts'

const PAGE = 'docs/deploy.md'
writeFileSync(PAGE, knobsDoc(readFileSync(PAGE, 'utf8')))
