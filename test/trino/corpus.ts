/** Statements that both engines are asked: expressions, each a statement of its own, and queries, one a line. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface CorpusStatement {
  readonly chapter: string
  readonly sql: string
}

export function corpus(): readonly CorpusStatement[] {
  const expressions = linesOf('expressions.sql').flatMap(({ chapter, line }) =>
    splitTop(line).map((one) => ({ chapter, sql: `SELECT ${one}` })),
  )
  const queries = ['queries.sql', 'more-queries.sql', 'edges.sql', 'analysts.sql']
    .flatMap(linesOf)
    .map(({ chapter, line }) => ({ chapter, sql: line }))
  return [...expressions, ...queries]
}

function linesOf(file: string): readonly { readonly chapter: string; readonly line: string }[] {
  let chapter = ''
  return readFileSync(join(import.meta.dirname, 'corpus', file), 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('-- ')) chapter = line.slice(3)
      return line === '' || line.startsWith('--') ? [] : [{ chapter, line }]
    })
}

/** Parts between commas that stand in no brackets and no quotes. */
function splitTop(line: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (const { 0: mark, index } of line.matchAll(/'(?:[^']|'')*'|"[^"]*"|[([]|[)\]]|,/g)) {
    if (mark === '(' || mark === '[') depth += 1
    if (mark === ')' || mark === ']') depth -= 1
    if (mark !== ',' || depth > 0) continue
    parts.push(line.slice(from, index).trim())
    from = index + 1
  }
  return [...parts, line.slice(from).trim()]
}
