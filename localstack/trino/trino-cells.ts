/** Trino's JSON as Athena prints it. */
import { doubleText } from '../../lake/queries/athena-sql/cells.ts'
import { type SqlType, typeOf } from '../../lake/queries/athena-sql/types.ts'

/** How a column's cells are printed. */
export function trinoCells(type: string): (cell: unknown) => string | null {
  const known = typeOf(type)
  return (cell) => text(cell, known)
}

function text(cell: unknown, type: SqlType | undefined): string | null {
  if (cell === null || cell === undefined) return null
  if (type?.kind === 'double' || type?.kind === 'real') return doubleText(Number(cell))
  if (type?.kind === 'varbinary') return bytesText(String(cell))
  if (Array.isArray(cell)) return listText(cell, type)
  return typeof cell === 'object' ? mapText(cell, type) : String(cell)
}

function bytesText(base64: string): string {
  return Buffer.from(base64, 'base64')
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')
}

function listText(cell: readonly unknown[], type: SqlType | undefined): string {
  if (type?.kind !== 'row')
    return `[${cell.map((item) => text(item, type?.kind === 'array' ? type.of : undefined) ?? 'null').join(', ')}]`
  const fields = cell.map((item, i) => {
    const field = type.fields[i]
    return `${field?.name ?? `field${i}`}=${text(item, field?.type) ?? 'null'}`
  })
  return `{${fields.join(', ')}}`
}

/** Keys are texts in JSON, whatever they are. */
function mapText(cell: object, type: SqlType | undefined): string {
  const of = type?.kind === 'map' ? type.value : undefined
  return `{${Object.entries(cell)
    .map(([key, value]) => `${key}=${text(value, of) ?? 'null'}`)
    .join(', ')}}`
}
