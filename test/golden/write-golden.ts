import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { runCommand } from '../../command/command.ts'
import { goldenFiles } from './golden.ts'

const HELP = `
Writes the golden templates in test/golden again, from what infra/ says now. Read the diff: it is what would be deployed.

  npm run golden
`

await runCommand({
  help: HELP,
  options: {},
  run() {
    for (const { path, text } of goldenFiles()) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    return 0
  },
})
