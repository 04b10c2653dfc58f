/** Just enough of SQL's lexical grammar to find names in it without being fooled by texts and comments. */

interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'text' | 'comment' | 'space' | 'mark'
  readonly text: string
}

const TOKEN =
  /(?<space>\s+)|(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<text>'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*")|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<mark>[\s\S])/g

/** The tokens of a statement; joined they are the statement again. */
function sqlTokens(sql: string): SqlToken[] {
  return [...sql.matchAll(TOKEN)].map(({ 0: text, groups = {} }) => ({ kind: kindOf(groups), text }))
}

const KINDS = ['space', 'comment', 'text', 'quoted', 'word'] as const

function kindOf(groups: Readonly<Record<string, string | undefined>>): SqlToken['kind'] {
  return KINDS.find((kind) => groups[kind] !== undefined) ?? 'mark'
}

/** The unqualified names behind FROM and JOIN, in lower case: tables, views, and what WITH names. */
export function namesReadBy(sql: string): ReadonlySet<string> {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  const names = new Set<string>()
  for (const [i, token] of tokens.entries()) {
    const [before, after] = [tokens[i - 1], tokens[i + 1]]
    const follows = before?.kind === 'word' && /^(from|join)$/i.test(before.text)
    if (follows && token.kind === 'word' && after?.text !== '.' && after?.text !== '(')
      names.add(token.text.toLowerCase())
  }
  return names
}

/** Whether the last thing is a semicolon that stands in no text, name or comment. */
export function endsStatement(sql: string): boolean {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  // A quote or a comment that is open is read mark by mark.
  const isOpen = tokens.some(
    ({ kind, text }, i) => kind === 'mark' && (`'"`.includes(text) || (text === '/' && tokens[i + 1]?.text === '*')),
  )
  return !isOpen && tokens.at(-1)?.text === ';'
}

/** The statement without its breaks of line; undefined where a text, a name or a comment needs one. */
export function onOneLine(sql: string): string | undefined {
  const tokens = sqlTokens(sql)
  const needsBreak = ({ kind, text }: SqlToken): boolean =>
    kind !== 'space' && (text.includes('\n') || text.startsWith('--'))
  if (tokens.some(needsBreak)) return undefined
  return tokens.map(({ kind, text }) => (kind === 'space' ? ' ' : text)).join('')
}
