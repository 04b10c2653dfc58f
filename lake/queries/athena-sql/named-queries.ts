/** A walk through a statement that knows which names WITH has given to queries where it stands. */
import type { ParserRuleContext } from 'antlr4ng'
import type { WithContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { GRAMMAR } from './grammar.ts'
import { childrenOf, nameOf } from './parse.ts'

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
