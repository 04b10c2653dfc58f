/** docs/tables.md, made from the tables and the views. */
import type { SavedView } from '../../lake/queries/saved-query.ts'
import { athenaTypeOf, type Column, type Table } from '../../lake/tables/table.ts'
import { FOLDER_TABLES } from '../../lake/tables/tables.ts'

export function tablesDoc(tables: readonly Table[], views: readonly SavedView[]): string {
  const head = [
    '# Tables and views',
    '',
    'Made from `lake/tables/tables.ts` and `queries/views` by `npm run docs`; a test holds them together.',
    'Timestamps are UTC, milliseconds, as `timestamp(3)`; those of `bars` are `timestamp(6)`. Prices are DOUBLE in the quote currency of the symbol.',
  ]
  return `${[...head, ...tables.flatMap(section), ...views.flatMap(viewSection)].join('\n')}\n`
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

function viewSection({ name, doc, columns }: SavedView): string[] {
  return [
    '',
    `## ${name}`,
    '',
    doc,
    '',
    'A view.',
    '',
    '| column | Athena type | meaning |',
    '|---|---|---|',
    ...columns.map((column) => `| \`${column.name}\` | ${column.type} | ${column.doc.replaceAll('|', '\\|')} |`),
  ]
}

function placeOf(table: Table): string {
  const { name, doc } = table.partitionKey
  const cut = `cut by \`${name}\`: ${doc}`
  if (FOLDER_TABLES.includes(table)) return `Files: \`${table.prefix}/${name}=…/\` · ${cut}`
  return `An Iceberg table, format version 2, at \`${table.prefix}/\`: its metadata says which files count, and its folder has those of older snapshots too, so read the table or \`npm run export\` · ${cut} · and by the month of \`ts_event\``
}

function line(column: Column): string {
  const unit = column.unit ? ` Unit: ${column.unit}.` : ''
  const meaning = `${column.doc}${unit}`.replaceAll('|', '\\|')
  return `| \`${column.name}\` | ${athenaTypeOf(column)} | ${column.nullable ? 'yes' : ''} | ${meaning} |`
}
