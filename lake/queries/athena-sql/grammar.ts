/**
 * Trino's grammar, which is Athena's, as dt-sql-parser keeps it (ANTLR, made from Trino's own). Its files name each other
 * without suffixes, as bundlers like it; the hook below finds them for Node. Only the grammar is loaded, none of its
 * other dialects; and only where SQL is read, for it takes a tenth of a second.
 */
import { createRequire, registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    const isBare = specifier.startsWith('.') && !specifier.endsWith('.js')
    return next(isBare && context.parentURL?.includes('/dt-sql-parser/') ? `${specifier}.js` : specifier, context)
  },
})

const load = createRequire(import.meta.url)

export const GRAMMAR: typeof import('dt-sql-parser/dist/lib/trino/TrinoSqlParser.js') = load(
  'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js',
)
export const LEXER: typeof import('dt-sql-parser/dist/lib/trino/TrinoSqlLexer.js') = load(
  'dt-sql-parser/dist/lib/trino/TrinoSqlLexer.js',
)
