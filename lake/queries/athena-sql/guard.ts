/**
 * What a statement may do: read the lake. It is parsed, never searched for words, so quoting, nesting, comments and case
 * hide nothing; and what is allowed is listed, so that what nobody thought of is refused.
 */
import type { ParserRuleContext } from 'antlr4ng'
import type { QueryPeriodContext, StatementContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { GRAMMAR } from './grammar.ts'
import { childrenOf, nameOf, parseStatement, placeOf, statementWords, walkNamed } from './parse.ts'
import { didYouMean, SqlError } from './sql-error.ts'

export interface Guarded {
  /** The names of tables and views that may be read, in lower case. */
  readonly relations: Iterable<string>
  /** The database of these names, where it is known: `tickerlake.bars` is `bars`. */
  readonly database?: string | undefined
  /** The tables that may be read as they were: `FOR VERSION AS OF 1`. @default none */
  readonly withPast?: Iterable<string>
}

/** The tables of information_schema that tell of the lake and of nothing else. */
const INFORMATION_TABLES = ['tables', 'columns', 'views', 'schemata']

/** Athena's name of the catalog that Glue has. */
export const CATALOG = 'awsdatacatalog'

/** Parses a statement and lets it pass if it only reads the lake. Throws `SqlError`. */
export function guardedStatement(sql: string, guarded: Guarded): StatementContext {
  const statement = parseStatement(sql)
  checkKind(statement)
  const reads = new Reads(guarded)
  walkNamed(statement, (context, named) => reads.check(context, named))
  return statement
}

function checkKind(statement: StatementContext): void {
  const { ExplainContext, StatementDefaultContext, ShowTablesContext, ShowColumnsContext } = GRAMMAR
  const { ShowCreateTableContext, ShowCreateViewContext, ShowSchemasContext, ShowFunctionsContext } = GRAMMAR
  if (statement instanceof ExplainContext) {
    checkKind(statement.statement())
    return
  }
  const mayRun = [
    StatementDefaultContext,
    ShowTablesContext,
    ShowColumnsContext,
    ShowCreateTableContext,
    ShowCreateViewContext,
    ShowSchemasContext,
    ShowFunctionsContext,
  ]
  if (mayRun.some((kind) => statement instanceof kind)) return
  throw new SqlError(
    `${statementWords(statement)} is no query; SELECT, WITH, VALUES, TABLE, SHOW, DESCRIBE and EXPLAIN are. Nothing was run; Athena on AWS runs it with --allow-ddl.`,
    placeOf(statement),
  )
}

class Reads {
  readonly #relations: ReadonlySet<string>
  readonly #database: string | undefined
  readonly #withPast: ReadonlySet<string>

  constructor({ relations, database, withPast = [] }: Guarded) {
    this.#relations = new Set(relations)
    this.#database = database?.toLowerCase()
    this.#withPast = new Set(withPast)
  }

  /** Looks at one piece; `named` are the queries that WITH has named so far. */
  check(context: ParserRuleContext, named: ReadonlySet<string>): void {
    if (context instanceof GRAMMAR.TableRefContext || context instanceof GRAMMAR.ViewRefContext) {
      this.#checkRelation(context, named)
    }
    if (context instanceof GRAMMAR.TableFunctionInvocationContext || context instanceof GRAMMAR.WithFunctionContext) {
      throw new SqlError('Functions that make tables, and functions of one’s own, may not be called.', placeOf(context))
    }
    if (context instanceof GRAMMAR.QueryPeriodContext) this.#checkPast(context)
    if (context instanceof GRAMMAR.QuotedIdentifierContext) checkColumn(context)
    if (context instanceof GRAMMAR.BackQuotedIdentifierContext) {
      throw new SqlError('Names are quoted with ", not with `.', placeOf(context))
    }
  }

  #checkPast(context: QueryPeriodContext): void {
    const { parent } = context
    const name = parent instanceof GRAMMAR.TableNameContext ? parent.tableOrViewName().getText() : ''
    if (this.#withPast.has(name.toLowerCase().replaceAll('"', '').split('.').at(-1) ?? '')) return
    throw new SqlError(
      'FOR … AS OF is read by Athena on AWS, of bars alone. Here a whole statement is read as of one time: npm run query -- --as-of TIME.',
      placeOf(context),
    )
  }

  #checkRelation(context: ParserRuleContext, named: ReadonlySet<string>): void {
    const parts = childrenOf(context).map(nameOf)
    const [name = '', schema, catalog] = parts.toReversed()
    if (schema === undefined && named.has(name)) return
    if (catalog !== undefined && catalog !== CATALOG) throw noRelation(parts.join('.'), this.#relations, context)
    if (schema === 'information_schema' && INFORMATION_TABLES.includes(name)) return
    const isOurs = schema === undefined || this.#database === undefined || schema === this.#database
    if (!isOurs || schema === 'information_schema' || !this.#relations.has(name)) {
      throw noRelation(parts.join('.'), [...this.#relations, ...named], context)
    }
  }
}

function noRelation(name: string, known: Iterable<string>, context: ParserRuleContext): SqlError {
  const names = [...known]
  if (names.includes(name.split('$')[0] ?? '') && name.includes('$'))
    throw new SqlError(
      `"${name}" tells of files, not of the lake; it may not be read. "npm run lake -- snapshots" lists the snapshots of bars.`,
      placeOf(context),
    )
  const near = didYouMean(name, names)
  const sentence = near || ` There are: ${names.toSorted().join(', ')}.`
  return new SqlError(`there is no table or view "${name}".${sentence}`, placeOf(context))
}

/** Athena's hidden columns tell of files: `"$path"`, `"$file_size"`. */
function checkColumn(context: ParserRuleContext): void {
  if (!nameOf(context).startsWith('$')) return
  throw new SqlError(`${context.getText()} tells of files, not of the lake; it may not be read.`, placeOf(context))
}
