/** `--check`: what would become of a folder of history, a line a file on stdout. */
import { checkFile, type FileCheck, refuseUnreadable } from '../../lake/history/history-check.ts'
import { historyFolder } from '../../lake/history/history-folder.ts'
import { count } from './words.ts'

export interface FolderToCheck {
  readonly folder: string
  readonly strict: boolean
}

/** The exit code: 1 where nothing can be read, or, if strict, where anything would be left out or rejected. */
export async function checkFolder({ folder, strict }: FolderToCheck, signal: AbortSignal): Promise<number> {
  const { files, leftOut } = historyFolder(folder)
  const totals = { files: 0, rows: 0, bars: 0, leftOut: leftOut.length }
  for (const [key, file] of files) {
    signal.throwIfAborted()
    const checked = await checkFile(file, key, Date.now())
    if (checked.kind === 'left-out') {
      totals.leftOut += 1
      say(leftOutLine(checked.skipped))
      continue
    }
    totals.files += 1
    totals.rows += checked.check.rows
    totals.bars += checked.check.bars
    for (const line of checkLines(checked.check)) say(line)
  }
  for (const one of leftOut) say(leftOutLine(one))
  const rejected = totals.rows - totals.bars
  say(
    `${count(totals.files)} files would be read: ${count(totals.rows)} rows, ${count(totals.bars)} of them bars, ` +
      `${count(rejected)} rejected. ${count(totals.leftOut)} files are left out.`,
  )
  const isWhole = totals.leftOut === 0 && rejected === 0
  return totals.files === 0 || (strict && !isWhole) ? 1 : 0
}

/** Throws where nothing in the folder can be read. */
export async function refuseFolder(folder: string): Promise<void> {
  await refuseUnreadable(historyFolder(folder))
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function leftOutLine({ file, reason }: { readonly file: string; readonly reason: string }): string {
  return `Left out  ${file}: ${reason}`
}

const SHOWN_SYMBOLS = 5

/** What is read of one file, and below it what would be rejected, by reason. */
function checkLines(check: FileCheck): readonly string[] {
  const { file, bars, symbols, intervals, first, last, rejected, repeated } = check
  const more = symbols.length > SHOWN_SYMBOLS ? ` and ${count(symbols.length - SHOWN_SYMBOLS)} more` : ''
  const names = `${symbols.slice(0, SHOWN_SYMBOLS).join(', ')}${more}`
  const span =
    first === null || last === null
      ? ''
      : `, ${names}, ${intervals.join(' ')}, ${shortTime(first)} to ${shortTime(last)}`
  return [
    `Read      ${file}: ${count(bars)} bars${span}`,
    ...[...rejected].map(
      ([code, { rows, example }]) => `          ${count(rows)} rejected: ${code}, such as ${example}`,
    ),
    ...(repeated > 0 ? [`          ${count(repeated)} rows repeat a bar of the file; the last one counts`] : []),
  ]
}

function shortTime(iso: string): string {
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso
}
