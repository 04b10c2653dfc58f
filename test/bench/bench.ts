import { globSync } from 'node:fs'
import { basename, join } from 'node:path'

const names = globSync(join(import.meta.dirname, '*.bench.ts'))
  .map((file) => basename(file, '.bench.ts'))
  .sort()

const HELP = `Measures one part of the lake against what people use instead, in one run, as ratios.

  npm run bench -- NAME [options of that benchmark]

NAME is one of: ${names.join(', ')}
Machines differ and are noisy: compare the ratios, not the milliseconds.
`

const [name = '--help'] = process.argv.slice(2)
if (names.includes(name)) {
  await import(`./${name}.bench.ts`)
} else if (name === '--help') {
  process.stdout.write(HELP)
} else {
  process.stderr.write(`There is no benchmark "${name}"; there are ${names.join(', ')}.\n`)
  process.exitCode = 2
}
