/** Writes the golden templates anew: `npm run golden`, then read the diff. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { goldenFiles } from './golden.ts'

for (const { path, text } of goldenFiles()) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
