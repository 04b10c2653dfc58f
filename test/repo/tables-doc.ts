/** docs/tables.md, made from the tables. */
import { athenaTypeOf, type Column, type Table } from '../../lake/tables/table.ts'

export function tablesDoc(tables: readonly Table[]): string {
  const head = [
    '# Tables',
    '',
    'Made from `lake/tables/tables.ts` by `npm run docs`; a test holds the two together.',
    'Timestamps are UTC, milliseconds. Prices are DOUBLE in the quote currency of the symbol.',
  ]
  return `${[...head, ...tables.flatMap(section)].join('\n')}\n`
}

function section({ name, doc, prefix, partitionKey, sortedBy, columns }: Table): string[] {
  return [
    '',
    `## ${name}`,
    '',
    doc,
    '',
    `Files: \`${prefix}/${partitionKey.name}=…/\` · cut by \`${partitionKey.name}\`: ${partitionKey.doc} · sorted by ${sortedBy.join(', ')}`,
    '',
    '| column | Athena type | null | meaning |',
    '|---|---|---|---|',
    ...columns.map(line),
  ]
}

function line(column: Column): string {
  const unit = column.unit ? ` Unit: ${column.unit}.` : ''
  const meaning = `${column.doc}${unit}`.replaceAll('|', '\\|')
  return `| \`${column.name}\` | ${athenaTypeOf(column)} | ${column.nullable ? 'yes' : ''} | ${meaning} |`
}
