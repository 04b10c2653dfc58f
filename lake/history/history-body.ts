/** A stranger's file of bars as the lake keeps it: Parquet as it is, CSV as Parquet. The one reader that every command has. */
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import { gunzipSync } from 'node:zlib'
import { memorySource } from '../parquet/file-source.ts'
import type { SkippedFile } from '../replay/replay-answer.ts'
import { decodeCsv } from './csv.ts'
import { faultOf, ParquetHistoryFile } from './history-file.ts'
import { columnsOfCsv, fileOfColumns } from './history-writer.ts'
import { unleveled } from './leveled-file.ts'
import { refuseSeveralSymbols } from './several-symbols.ts'

export type HistoryBody =
  | { readonly kind: 'body'; readonly body: () => Uint8Array; readonly opened: ParquetHistoryFile }
  | { readonly kind: 'unreadable'; readonly skipped: SkippedFile }

/** Text is held whole while it becomes Parquet, each byte as some fourteen; five million bars are 256 MiB. On a small machine the heap would end before. */
const MAX_TEXT_BYTES = Math.floor(Math.min(256 * 1024 * 1024, getHeapStatistics().heap_size_limit / 14))
/** Node reads no larger file into memory, and a put takes none that is larger. */
const MAX_FILE_BYTES = 2 ** 31 - 1

/** Reads a file that gets the key, which says its symbol where the file does not; or why it cannot be read. */
export async function historyBody(file: string, key: string): Promise<HistoryBody> {
  try {
    const { body, opened } = await openBody(unpacked(fileBytes(file)), key, basename(file))
    if (opened.rows === 0) throw new Error('it has columns and no rows')
    const [first] = opened.groups
    if (first) {
      await opened.readKeys(first)
      await opened.readCells(first, [], () => undefined)
    }
    await refuseSeveralSymbols(opened)
    return { kind: 'body', body, opened }
  } catch (error) {
    return { kind: 'unreadable', skipped: { file, reason: faultOf(error) } }
  }
}

function fileBytes(file: string): Uint8Array {
  const { size } = statSync(file)
  if (size === 0) throw new Error('the file is empty')
  if (size > MAX_FILE_BYTES)
    throw new Error(`${size} bytes, at most ${MAX_FILE_BYTES} are read; cut it into several files`)
  return readFileSync(file)
}

/** By what the bytes are, whatever the name says. */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (!startsWith(bytes, [0x1f, 0x8b])) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_TEXT_BYTES })
  } catch (cause) {
    const isLarge = cause instanceof RangeError
    throw new Error(isLarge ? tooLarge('it unpacks to') : `its gzip is damaged (${String(cause)})`, { cause })
  }
}

function tooLarge(what: string): string {
  return `${what} more than ${MAX_TEXT_BYTES} bytes of text; cut it into several files, or write it as Parquet`
}

type Opened = Omit<Extract<HistoryBody, { readonly kind: 'body' }>, 'kind'>

async function openBody(bytes: Uint8Array, key: string, name: string): Promise<Opened> {
  if (startsWith(bytes, [0x50, 0x41, 0x52, 0x31])) {
    const body = (await unleveled(memorySource(bytes), name)) ?? bytes
    return { body: () => body, opened: await ParquetHistoryFile.open(key, memorySource(body)) }
  }
  const kind = foreignKind(bytes)
  if (kind) throw new Error(kind)
  if (bytes.length > MAX_TEXT_BYTES) throw new Error(tooLarge('it holds'))
  const columns = columnsOfCsv(decodeCsv(bytes))
  return { body: () => fileOfColumns(columns, name), opened: ParquetHistoryFile.ofColumns(key, columns) }
}

/** What is no table at all, by its first bytes. */
function foreignKind(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, [0x50, 0x41, 0x52, 0x45])) return 'it is encrypted; write it without encryption'
  if (startsWith(bytes, [0x50, 0x4b, 3, 4])) return 'it is an archive or a spreadsheet; unpack it, or save it as CSV'
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'it is a spreadsheet; save it as CSV'
  const head = bytes.subarray(0, 4_096)
  const isUtf16 = startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])
  if (head.includes(0) && !isUtf16) return 'it is neither text nor Parquet'
  const text = decodeCsv(head.subarray(0, 256)).trimStart()
  if (/^<(?:!doctype|html|head|body|\?xml)/i.test(text))
    return 'it is a web page (HTML), not a table; download it again'
  return text.startsWith('{') || text.startsWith('[') ? 'it is JSON; CSV and Parquet are read' : undefined
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte)
}
