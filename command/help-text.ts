/** The text of `--help`, no wider than a terminal. */

const HELP_WIDTH = 80
/** A shorter line was ended on purpose: a heading, a last line. */
const PROSE_FROM = 60

/** Folds the lines that are too long: the description of an option under its own beginning, other text under its margin. */
export function helpText(help: string, width: number = HELP_WIDTH): string {
  return help
    .trim()
    .split('\n')
    .reduce<readonly string[]>(joined, [])
    .flatMap((line) => folded(line, width))
    .join('\n')
}

/** A line of prose goes on with the one before it, however the two were cut in the source. */
function joined(lines: readonly string[], line: string, i: number, source: readonly string[]): readonly string[] {
  const before = source[i - 1] ?? ''
  const isProse = (text: string): boolean => /^\S/.test(text) && !text.includes('  ')
  const goesOn = isProse(before) && isProse(line) && before.length > PROSE_FROM
  return goesOn ? [...lines.slice(0, -1), `${lines.at(-1)} ${line}`] : [...lines, line]
}

function folded(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line]
  const margin = marginOf(line)
  const lines: string[] = []
  let rest = line
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width)
    if (at <= margin) break
    lines.push(rest.slice(0, at).trimEnd())
    rest = ' '.repeat(margin) + rest.slice(at + 1).trimStart()
  }
  return [...lines, rest]
}

/** Where the last column of a line begins: behind the last gap of two spaces, or behind its indent. */
function marginOf(line: string): number {
  const indent = line.length - line.trimStart().length
  const gap = line.trimStart().lastIndexOf('  ')
  return gap < 0 ? indent : indent + gap + 2
}
