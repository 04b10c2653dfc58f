/** A statement as a tree of Trino's grammar. */
import { BaseErrorListener, CharStreams, CommonTokenStream, ParserRuleContext, PredictionMode, Token } from 'antlr4ng'
import type {
  SetQuantifierContext,
  StatementContext,
  WithContext,
} from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { GRAMMAR, LEXER } from './grammar.ts'
import { checkDepth, checkLength } from './size.ts'
import { type Position, SqlError } from './sql-error.ts'

/** Reads one statement. Throws `SqlError` where the text is none of Athena's, or more than one. */
export function parseStatement(sql: string): StatementContext {
  checkLength(sql)
  return quickly(sql) ?? carefully(sql)
}

/** By the simpler prediction, several times as fast; it reads all but a form or two, such as `= ALL (SELECT …)`. */
function quickly(sql: string): StatementContext | undefined {
  const { parser, complaint } = parserOf(sql, PredictionMode.SLL)
  const statements = parser.program().statements()
  if (!complaint.first && statements.length === 0)
    throw new SqlError('The statement is empty; write one, such as SELECT * FROM bars LIMIT 10.')
  return complaint.first || statements.length > 1 ? undefined : statements[0]?.singleStatement().statement()
}

/** As one statement, so that what follows `ALL` can begin no other; its complaints are the ones that people read. */
function carefully(sql: string): StatementContext {
  const { parser, complaint, tokens } = parserOf(sql, PredictionMode.LL)
  const statement = parser.singleStatement().statement()
  if (complaint.first) throw complaint.first
  const next = tokens.LT(1)
  if (!next || next.type === Token.EOF) return statement
  const isSecond = tokens.LT(-1)?.text === ';'
  const text = isSecond ? 'One statement at a time; a second one begins here.' : meaningless(next)
  throw new SqlError(text, positionOf(next))
}

function parserOf(sql: string, predictionMode: number) {
  const complaint = new FirstComplaint()
  const lexer = new LEXER.TrinoSqlLexer(CharStreams.fromString(sql))
  const tokens = new CommonTokenStream(lexer)
  const parser = new GRAMMAR.TrinoSqlParser(tokens)
  for (const recognizer of [lexer, parser]) {
    recognizer.removeErrorListeners()
    recognizer.addErrorListener(complaint)
  }
  tokens.fill()
  checkDepth(tokens.getTokens())
  parser.interpreter.predictionMode = predictionMode
  return { complaint, parser, tokens }
}

class FirstComplaint extends BaseErrorListener {
  first: SqlError | undefined

  override syntaxError(
    _recognizer: unknown,
    symbol: Token | null,
    line: number,
    column: number,
    message: string,
  ): void {
    this.first ??= new SqlError(complaintOf(symbol, message), { line, column: column + 1 })
  }
}

/** ANTLR lists everything that could stand there; what does stand there says more. */
function complaintOf(symbol: Token | null, message: string): string {
  if (symbol?.type === -1) return 'the statement ends too early.'
  return symbol?.text ? meaningless(symbol) : message
}

function meaningless({ text }: Token): string {
  return `Athena's SQL has no meaning for "${text}" here.`
}

/** Where a token stands. */
function positionOf(token: Pick<Token, 'line' | 'column'>): Position {
  return { line: token.line, column: token.column + 1 }
}

/** Where a piece of the tree begins. */
export function placeOf(context: ParserRuleContext): Position | undefined {
  return context.start ? positionOf(context.start) : undefined
}

/** The rules directly below a piece of the tree. */
export function childrenOf(context: ParserRuleContext): ParserRuleContext[] {
  return (context.children ?? []).filter((child) => child instanceof ParserRuleContext)
}

/** Whether a piece, or one below it that is in no query of its own, is what is looked for. */
export function holds(context: ParserRuleContext, isWanted: (context: ParserRuleContext) => boolean): boolean {
  if (isWanted(context)) return true
  return childrenOf(context).some(
    (child) => !(child instanceof GRAMMAR.QueryStatementContext) && holds(child, isWanted),
  )
}

/** Whether a query stands in a piece. */
export function holdsQuery(context: ParserRuleContext): boolean {
  return childrenOf(context).some((child) => child instanceof GRAMMAR.QueryStatementContext || holdsQuery(child))
}

/** The piece of this kind that a piece is, with nothing else beside it. */
export function onlyOf<C extends ParserRuleContext>(
  context: ParserRuleContext,
  kind: abstract new (...args: never[]) => C,
): C | undefined {
  if (context instanceof kind) return context
  const [only] = childrenOf(context)
  return only && context.getChildCount() === 1 ? onlyOf(only, kind) : undefined
}

/** Whether DISTINCT stands in a SELECT, a call or a GROUP BY. */
export function isDistinct(context: { setQuantifier(): SetQuantifierContext | null }): boolean {
  return context.setQuantifier()?.KW_DISTINCT() != null
}

/** The name that the grammar has for a piece: `JsonQuery`. */
export function formOf(context: ParserRuleContext): string {
  return context.constructor.name.replace('Context', '')
}

/** The name of a statement's form in words: `CREATE TABLE`. */
export function statementWords(statement: StatementContext): string {
  return formOf(statement)
    .replace(/(?<=.)[A-Z]/g, ' $&')
    .toUpperCase()
}

/** A name as Trino compares it: quotes off, lower case. */
export function nameOf(identifier: ParserRuleContext): string {
  return writtenNameOf(identifier).toLowerCase()
}

/** A name as Trino prints it above a column. */
export function writtenNameOf(identifier: ParserRuleContext): string {
  return withoutQuotes(identifier.getText())
}

/** Each part of a name with dots, as Trino compares it. Within quotes a dot is a letter like any other. */
export function partsOf(name: ParserRuleContext): readonly string[] {
  const parts = ['']
  let isQuoted = false
  for (const letter of name.getText()) {
    if (letter === '"') isQuoted = !isQuoted
    if (letter === '.' && !isQuoted) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts.map((part) => withoutQuotes(part).toLowerCase())
}

function withoutQuotes(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
}

type Look = (context: ParserRuleContext, named: ReadonlySet<string>) => void

/** Looks at a piece and everything below; `named` are the queries that WITH has named so far. */
export function walkNamed(context: ParserRuleContext, look: Look, named: ReadonlySet<string> = new Set()): void {
  look(context, named)
  const scope = new Set(named)
  for (const child of childrenOf(context)) {
    if (child instanceof GRAMMAR.WithContext) walkWith(child, look, scope)
    else walkNamed(child, look, scope)
  }
}

/** A query of WITH sees those before it, and itself where WITH is RECURSIVE. */
function walkWith(context: WithContext, look: Look, scope: Set<string>): void {
  const isRecursive = context.KW_RECURSIVE() !== null
  for (const query of context.namedQuery()) {
    const name = nameOf(query.identifier())
    walkNamed(query, look, isRecursive ? new Set([...scope, name]) : scope)
    scope.add(name)
  }
}
