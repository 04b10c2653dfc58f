/** An answer as a file: CSV, JSON or Parquet, by what the file is called. */
import { extname } from 'node:path'
import { type AnswerFormat, answerText } from '../../command/answer-text.ts'
import { oneOf } from '../../command/option-values.ts'
import { UsageError } from '../../lake/errors.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import type { QueryAnswer } from '../../lake/queries/query-engine.ts'
import type { ColumnType, Table } from '../../lake/tables/table.ts'

const FILE_FORMATS = ['csv', 'json', 'parquet'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

/** What the file's suffix says; `--format` names it for a file of another name. */
export function fileFormatOf(out: string, format: AnswerFormat | undefined): FileFormat {
  const meant = FILE_FORMATS.find((one) => extname(out).toLowerCase() === `.${one}`)
  if (meant === undefined && format === undefined)
    throw new UsageError(`--out takes a name that ends in .csv, .json or .parquet; got "${out}".`)
  if (meant !== undefined && format !== undefined && meant !== format)
    throw new UsageError(`--format says ${format} and --out ${out} says ${meant}; name one of them.`)
  return meant ?? oneOf(FILE_FORMATS, '--format', format ?? '')
}

/** The whole file. */
export function answerFile(answer: QueryAnswer, format: FileFormat, safeCsv: boolean): Uint8Array {
  if (format === 'parquet') return parquet(answer)
  return new TextEncoder().encode(`${answerText(answer, format, { safeCsv })}\n`)
}

const PARQUET_TYPES: Readonly<Record<string, ColumnType>> = {
  double: 'double',
  real: 'double',
  tinyint: 'int',
  smallint: 'int',
  integer: 'int',
  bigint: 'bigint',
  boolean: 'boolean',
  timestamp: 'timestamp',
  varbinary: 'binary',
}

/** What Parquet has no plain type for here (dates, decimals, arrays …) is kept as the text that Athena prints. */
function parquet({ columns, rows }: QueryAnswer): Uint8Array {
  const names = columns.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined)
    throw new UsageError(`Parquet wants a name of its own for each column; "${twice}" is there twice. Use AS.`)
  const table: Table = {
    name: 'answer',
    doc: 'an answer',
    prefix: '',
    partitionKey: { name: '', grain: 'day', doc: '' },
    columns: columns.map(({ name, type }) => ({
      name,
      type: PARQUET_TYPES[type] ?? 'string',
      nullable: true,
      doc: type,
    })),
    sortedBy: [],
  }
  const cells = table.columns.map((column, at) => rows.map((row) => parquetCell(row[at] ?? null, column)))
  return parquetEncoder().encode(table, cells)
}

function parquetCell(cell: string | null, { name, type }: Table['columns'][number]) {
  if (cell === null || type === 'string') return cell
  if (type === 'boolean') return cell === 'true'
  if (type === 'timestamp') return Date.parse(`${cell.replace(' ', 'T')}Z`)
  if (type === 'binary') return Uint8Array.from(Buffer.from(cell.replaceAll(' ', ''), 'hex'))
  const number = Number(cell)
  if (type === 'bigint' && !Number.isSafeInteger(number))
    throw new UsageError(`Column ${name} holds ${cell}, too large to be written exactly; CAST it AS varchar.`)
  return number
}
