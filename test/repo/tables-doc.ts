/** docs/tables.md, made from the tables. */
import { athenaTypeOf, type Column, type Table } from '../../lake/tables/table.ts'
import { FOLDER_TABLES } from '../../lake/tables/tables.ts'

export function tablesDoc(tables: readonly Table[]): string {
  const head = [
    '# Tables',
    '',
    'Made from `lake/tables/tables.ts` by `npm run docs`; a test holds the two together.',
    'Timestamps are UTC, milliseconds. Prices are DOUBLE in the quote currency of the symbol.',
  ]
  return `${[...head, ...tables.flatMap(section)].join('\n')}\n`
}

function section(table: Table): string[] {
  const { name, doc, sortedBy, columns } = table
  return [
    '',
    `## ${name}`,
    '',
    doc,
    '',
    `${placeOf(table)} · sorted by ${sortedBy.join(', ')}`,
    '',
    '| column | Athena type | null | meaning |',
    '|---|---|---|---|',
    ...columns.map(line),
  ]
}

function placeOf(table: Table): string {
  const { name, doc } = table.partitionKey
  const cut = `cut by \`${name}\`: ${doc}`
  if (FOLDER_TABLES.includes(table)) return `Files: \`${table.prefix}/${name}=…/\` · ${cut}`
  return `An Iceberg table, format version 2, at \`${table.prefix}/\`: its metadata says which files count · ${cut} · and by the month of \`ts_event\``
}

function line(column: Column): string {
  const unit = column.unit ? ` Unit: ${column.unit}.` : ''
  const meaning = `${column.doc}${unit}`.replaceAll('|', '\\|')
  return `| \`${column.name}\` | ${athenaTypeOf(column)} | ${column.nullable ? 'yes' : ''} | ${meaning} |`
}
