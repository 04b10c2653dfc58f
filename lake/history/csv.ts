/**
 * Values separated by commas or other marks after RFC 4180, read leniently: bare line feeds, a byte-order mark, and text around
 * quotes are taken as they stand. Only a quote that is never closed is refused: it would swallow the rest of the file.
 */

/** The text of a CSV file: UTF-16 where its first bytes say so (a spreadsheet's "Unicode text"), UTF-8, or else Windows-1252. */
export function decodeCsv(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** The records of a CSV text, each a list of fields; empty lines are no records. */
export function parseCsv(text: string, delimiter: Delimiter = ','): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let isPromised = false // a delimiter promises another field, even at the end of the text
  while (at < text.length || isPromised) {
    const { value, end } = text[at] === '"' ? quotedField(text, at, delimiter) : bareField(text, at, delimiter)
    record.push(value)
    isPromised = text[end] === delimiter
    at = isPromised ? end + 1 : afterLine(text, end)
    if (isPromised) continue
    if (!isEmptyLine(record)) records.push(record)
    record = []
  }
  return records
}

function isEmptyLine(record: readonly string[]): boolean {
  return record.length === 1 && record[0] === ''
}

function afterLine(text: string, end: number): number {
  return text.startsWith('\r\n', end) ? end + 2 : end + 1
}

/** Its text, and where the delimiter or line end behind it stands. */
interface Field {
  readonly value: string
  readonly end: number
}

const [LINE_FEED, RETURN] = [10, 13]

/** What stands between two delimiters without quotes. */
function bareField(text: string, start: number, delimiter: Delimiter): Field {
  const mark = delimiter.charCodeAt(0)
  let end = start
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === mark || code === LINE_FEED || code === RETURN) break
  }
  return { value: text.slice(start, end), end }
}

function quotedField(text: string, start: number, delimiter: Delimiter): Field {
  let value = ''
  let from = start + 1
  while (true) {
    const quote = text.indexOf('"', from)
    if (quote < 0)
      throw new SyntaxError(`a quote is opened and never closed: ${JSON.stringify(text.slice(start, start + 40))}`)
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') {
      const rest = bareField(text, quote + 1, delimiter)
      return { value: value + rest.value, end: rest.end }
    }
    value += '"'
    from = quote + 2
  }
}
