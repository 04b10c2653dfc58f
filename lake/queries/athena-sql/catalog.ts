/** SHOW, DESCRIBE and information_schema: what the lake has, answered from its own definitions. */
import type { ParserRuleContext } from 'antlr4ng'
import type { StatementContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import type { QueryAnswer } from '../query-engine.ts'
import type { Relation } from '../relations.ts'
import { text } from '../sql-text.ts'
import { GRAMMAR as G } from './grammar.ts'
import { CATALOG } from './guard.ts'
import { textOf } from './literals.ts'
import { childrenOf, nameOf, placeOf, statementWords } from './parse.ts'
import { notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'

type Answer = Pick<QueryAnswer, 'columns' | 'rows'>
type Relations = ReadonlyMap<string, Relation>

/** The answer of a statement about the catalog; undefined of a query. */
export function catalogAnswer(statement: StatementContext, relations: Relations, database: string): Answer | undefined {
  if (statement instanceof G.StatementDefaultContext || statement instanceof G.ExplainContext) return undefined
  const own = [...relations.values()].filter(({ name }) => !name.includes('.')).toSorted(byName)
  if (statement instanceof G.ShowTablesContext) {
    const isLike = likePattern(statement.string_().map(textOf))
    return table(
      { Table: 'varchar' },
      own.filter(({ name }) => isLike(name)).map(({ name }) => [name]),
    )
  }
  if (statement instanceof G.ShowSchemasContext) {
    const isLike = likePattern(statement.string_().map(textOf))
    return table(
      { Schema: 'varchar' },
      [database, 'information_schema'].filter(isLike).map((name) => [name]),
    )
  }
  if (statement instanceof G.ShowColumnsContext) return describe(statement, relations)
  if (statement instanceof G.ShowCreateTableContext)
    return shown('Create Table', relationAt(statement.tableRef(), relations), database)
  if (statement instanceof G.ShowCreateViewContext)
    return shown('Create View', relationAt(statement.viewRef(), relations), database)
  throw notHere(statementWords(statement), statement)
}

const byName = (a: Relation, b: Relation): number => (a.name < b.name ? -1 : 1)

function describe(statement: InstanceType<typeof G.ShowColumnsContext>, relations: Relations): Answer {
  const either = statement.tableOrViewName()
  const { columns } = relationAt(either.tableRef() ?? either.viewRef() ?? either, relations)
  const isLike = likePattern(statement.string_().map(textOf))
  const rows = columns.filter(({ name }) => isLike(name)).map(({ name, type, doc }) => [name, type, '', doc])
  return table({ Column: 'varchar', Type: 'varchar', Extra: 'varchar', Comment: 'varchar' }, rows)
}

function shown(title: string, relation: Relation, database: string): Answer {
  const { name, columns, source } = relation
  const ddl =
    source.kind === 'view'
      ? `CREATE VIEW ${database}.${name} SECURITY DEFINER AS\n${source.sql}`
      : `CREATE TABLE ${database}.${name} (\n${columns.map((column) => `   ${column.name} ${column.type} COMMENT ${text(column.doc)}`).join(',\n')}\n)`
  return table({ [title]: 'varchar' }, [[ddl]])
}

function relationAt(context: ParserRuleContext, relations: Relations): Relation {
  const name = childrenOf(context).map(nameOf).at(-1) ?? ''
  const relation = relations.get(name)
  if (!relation) throw new SqlError(`there is no table or view "${name}".`, placeOf(context))
  return relation
}

function table(columns: Readonly<Record<string, string>>, rows: Answer['rows']): Answer {
  return { columns: Object.entries(columns).map(([name, type]) => ({ name, type })), rows }
}

/** SQL's LIKE; everything where there is no pattern. */
function likePattern([pattern, escaping]: readonly string[]): (name: string) => boolean {
  if (pattern === undefined) return () => true
  if (escaping !== undefined) throw new SqlError('SHOW … LIKE with ESCAPE is not read here.')
  const source = [...pattern].map(
    (letter) => ({ '%': '.*', _: '.' })[letter] ?? letter.replace(/[\\^$.*+?()[\]{}|]/, '\\$&'),
  )
  const regexp = new RegExp(`^${source.join('')}$`, 's')
  return (name) => regexp.test(name)
}

/** The relations with information_schema's beside them. */
export function withInformation(relations: Relations, database: string): Relations {
  const all = [...relations.values()].toSorted(byName)
  const tables = all.map(({ name, source }) => [
    CATALOG,
    database,
    name,
    source.kind === 'view' ? 'VIEW' : 'BASE TABLE',
  ])
  const views = all.flatMap(({ name, source }) =>
    source.kind === 'view' ? [[CATALOG, database, name, source.sql]] : [],
  )
  const columns = all.flatMap(({ name, columns }) =>
    columns.map((column, i) => [CATALOG, database, name, column.name, i + 1, null, 'YES', column.type]),
  )
  const schemata = [database, 'information_schema'].map((name) => [CATALOG, name])
  const names = ['table_catalog', 'table_schema', 'table_name']
  return new Map([
    ...relations,
    ...[
      information('tables', [...names, 'table_type'], tables),
      information('views', [...names, 'view_definition'], views),
      information(
        'columns',
        [...names, 'column_name', 'ordinal_position', 'column_default', 'is_nullable', 'data_type'],
        columns,
      ),
      information('schemata', ['catalog_name', 'schema_name'], schemata),
    ].map((relation): [string, Relation] => [relation.name, relation]),
  ])
}

function information(
  name: string,
  names: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Relation {
  const cell = (value: string | number | null): string =>
    value === null ? 'CAST(NULL AS VARCHAR)' : typeof value === 'number' ? `CAST(${value} AS BIGINT)` : text(value)
  const columns = names.map((one) => ({ name: one, type: one === 'ordinal_position' ? 'bigint' : 'varchar', doc: '' }))
  const values = rows.map((row) => `(${row.map(cell).join(', ')})`).join(', ')
  return {
    name: `information_schema.${name}`,
    doc: 'what the lake has',
    columns,
    source: { kind: 'information', sql: `VALUES ${values}` },
  }
}
