import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { runCommand } from '../../command/command.ts'
import { needed } from '../../command/option-values.ts'
import { UsageError } from '../../lake/errors.ts'
import { parseCsv } from '../../lake/history/csv.ts'
import { fieldOf } from '../../lake/history/history-columns.ts'
import { historyFile } from '../../lake/history/history-writer.ts'

const OUT = import.meta.dirname

const HELP = `
Makes the sample history, localstack/sample/*.parquet, out of daily bars as CSV, one file a symbol.
The symbol column is left out, as Yahoo's own exports have none: the file's name says it.

  npm run sample -- FOLDER
`

await runCommand({
  help: HELP,
  words: true,
  options: {},
  async run({ positionals }) {
    const [folder, ...more] = positionals
    if (more.length > 0) throw new UsageError(`sample takes one folder; got ${positionals.length}. See --help.`)
    await makeSample(needed(folder, 'FOLDER'))
    return 0
  },
})

async function makeSample(folder: string): Promise<void> {
  const names = (await filesIn(folder)).filter((name) => name.endsWith('.csv')).sort()
  if (names.length === 0) throw new UsageError(`There is no .csv file in ${folder}; FOLDER has one for each symbol.`)
  await mkdir(OUT, { recursive: true })
  for (const name of names) {
    const [header = [], ...records] = parseCsv(await readFile(join(folder, name), 'utf8'))
    const kept = header.flatMap((column, i) => (fieldOf(column) === 'symbol' ? [] : [i]))
    const columns = kept.map((i) => header[i] ?? '')
    const rows = records.map((record) => kept.map((i) => record[i] || null))
    const file = historyFile({ columns, rows })
    await writeFile(join(OUT, `${basename(name, '.csv')}.parquet`), file)
    process.stdout.write(`${basename(name, '.csv')}: ${rows.length} bars, ${file.length} bytes\n`)
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    throw new UsageError(`Cannot read the folder ${folder}; FOLDER has daily bars as .csv files.`, { cause })
  }
}
