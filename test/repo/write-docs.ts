import { readFileSync, writeFileSync } from 'node:fs'
import { runCommand } from '../../command/command.ts'
import { MADE_PAGES } from './made-pages.ts'

const HELP = `
Writes again what pages say of the code: ${Object.keys(MADE_PAGES).join(', ')}.
The rights in docs/security.md are read from the golden templates: run "npm run golden" before where infra/ has changed.

  npm run docs
`

await runCommand({
  help: HELP,
  options: {},
  run() {
    for (const [path, made] of Object.entries(MADE_PAGES)) writeFileSync(path, made(readFileSync(path, 'utf8')))
    return 0
  },
})
