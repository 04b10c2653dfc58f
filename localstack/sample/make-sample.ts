/**
 * Makes the sample history out of daily bars as CSV, one file a symbol: `npm run sample -- FOLDER`.
 * The symbol column is left out, as Yahoo's own exports have none: the file's name says it.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { historyFile } from '../../lambdas/adapters/history-file.ts'
import { parseCsv } from '../../lambdas/core/history/csv.ts'
import { fieldOf } from '../../lambdas/core/history/history-columns.ts'

const OUT = import.meta.dirname

async function makeSample(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort()
  if (names.length === 0) throw new Error(`no CSV files in ${folder}`)
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

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write('Usage: npm run sample -- FOLDER   (daily bars as CSV files, one a symbol)\n')
  process.exitCode = 2
} else {
  await makeSample(folder)
}
