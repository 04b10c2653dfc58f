/** `npm run query` on a terminal, without a statement: asks for statements until it is left. */
import { createInterface, type Interface } from 'node:readline'
import { answerText } from '../../command/answer-text.ts'
import type { ProgressStream } from '../../command/progress.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import { SqlError } from '../../lake/queries/athena-sql/sql-error.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { endsStatement, onOneLine } from '../../lake/queries/sql-tokens.ts'
import { ask, footer } from './ask.ts'

const PROMPT = 'lake> '
const MORE = '   -> '
const HELP = `A statement ends with ; and may go over several lines.
  \\d          the tables and views       \\x          a line a cell, or a table again
  \\d NAME     its columns                \\q, Ctrl-D  leave
Ctrl-C cancels a query that runs, else what was typed.`
/** What people type who know other prompts. */
const WORDS: Readonly<Record<string, string>> = { exit: '\\q', quit: '\\q', help: '\\?' }

export interface PromptOptions {
  readonly engine: QueryEngine
  /** Where the engine is, for people. */
  readonly where: string
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream & ProgressStream
  /** Earlier statements, the newest first. */
  readonly history: readonly string[]
  /** Names that Tab completes. */
  readonly names: readonly string[]
  readonly terminal?: boolean
}

/** Runs until the input ends or `\q`; gives the statements of this and earlier times, the newest first. */
export async function runPrompt(options: PromptOptions): Promise<readonly string[]> {
  const { engine, where, input, output, terminal = true } = options
  const lines = createInterface({
    input,
    output,
    terminal,
    prompt: PROMPT,
    history: [...options.history],
    removeHistoryDuplicates: true,
    completer: completerOf(options.names),
  })
  // The list itself, which readline goes on with.
  let history = [...options.history]
  lines.on('history', (now) => {
    history = now
  })
  const asOne = (statement: string): void => {
    const typed = statement.split('\n')
    const line = onOneLine(statement)
    if (typed.length === 1 || line === undefined) return
    const others = history.filter((one) => !typed.includes(one))
    history.splice(0, history.length, line, ...others)
  }
  output.write(`${engine.name} answers, ${where}. A statement ends with ; and \\? tells what else can be typed.\n`)
  await new Session(lines, options, asOne).ended
  return history
}

function completerOf(names: readonly string[]): (line: string) => [string[], string] {
  return (line) => {
    const word = line.slice(wordStart(line))
    return [word === '' ? [] : names.filter((name) => name.startsWith(word.toLowerCase())), word]
  }
}

class Session {
  readonly ended: Promise<void>
  readonly #lines: Interface
  readonly #options: PromptOptions
  readonly #remember: (statement: string) => void
  #typed = ''
  #expanded = false
  #isLeft = false
  #running: AbortController | undefined
  #queue: Promise<void> = Promise.resolve()

  /** `remember` makes the lines of a statement one entry of the history. */
  constructor(lines: Interface, options: PromptOptions, remember: (statement: string) => void) {
    this.#lines = lines
    this.#options = options
    this.#remember = remember
    lines.on('line', (line) => {
      this.#queue = this.#queue.then(() => this.#take(line))
    })
    lines.on('SIGINT', () => this.#cancel())
    this.ended = new Promise((resolve) => {
      lines.on('close', () => {
        this.#running?.abort()
        // Behind Ctrl-D the cursor stands in the prompt's line.
        if (!this.#isLeft) options.output.write('\n')
        this.#queue.then(() => resolve())
      })
    })
    lines.prompt()
  }

  /** Ctrl-C: of a query that runs, else of what was typed. */
  #cancel(): void {
    if (this.#running) {
      this.#running.abort()
      return
    }
    this.#typed = ''
    // From the end of the line to its beginning: what is in it would be put before what is typed next.
    this.#lines.write(null, { ctrl: true, name: 'e' })
    this.#lines.write(null, { ctrl: true, name: 'u' })
    this.#options.output.write('\n')
    this.#ask()
  }

  async #take(line: string): Promise<void> {
    const command = this.#typed === '' ? commandOf(line) : ''
    if (command === '\\q') {
      this.#isLeft = true
      this.#lines.close()
      return
    }
    const sql = command.startsWith('\\') ? this.#commanded(command) : this.#completed(line)
    if (sql !== undefined) await this.#answer(sql)
    this.#ask()
  }

  /** The statement that a backslash stands for, where it stands for one. */
  #commanded(command: string): string | undefined {
    const [word = '', name] = command.replace(/;$/, '').split(/\s+/)
    if (word === '\\d') return name === undefined ? 'SHOW TABLES' : `DESCRIBE ${name}`
    if (word === '\\x') this.#expanded = !this.#expanded
    this.#options.output.write(word === '\\x' ? `Expanded: ${this.#expanded ? 'on' : 'off'}.\n` : `${HELP}\n`)
    return undefined
  }

  /** The whole statement, once its last line has come. */
  #completed(line: string): string | undefined {
    this.#typed = this.#typed === '' ? line : `${this.#typed}\n${line}`
    if (!endsStatement(this.#typed)) {
      if (this.#typed.trim() === '') this.#typed = ''
      return undefined
    }
    const sql = this.#typed
    this.#typed = ''
    this.#remember(sql)
    return sql
  }

  async #answer(sql: string): Promise<void> {
    const { engine, where, output } = this.#options
    this.#running = new AbortController()
    const { signal } = this.#running
    try {
      const answer = await ask(engine, sql, { signal, stream: output })
      const printing = { expanded: this.#expanded, width: output.columns }
      output.write(`${answerText(answer, 'table', printing)}\n${footer(answer, engine, where)}\n`)
    } catch (error) {
      output.write(signal.aborted ? 'The query was cancelled.\n' : complaintOf(error, sql))
    } finally {
      this.#running = undefined
    }
  }

  #ask(): void {
    this.#lines.setPrompt(this.#typed === '' ? PROMPT : MORE)
    this.#lines.prompt()
  }
}

function commandOf(line: string): string {
  const typed = line.trim()
  const word = typed.replace(/;$/, '').toLowerCase()
  return Object.hasOwn(WORDS, word) ? (WORDS[word] ?? typed) : typed
}

/** What is wrong; below the line that it is in, with a mark at the place. What is no sentence of ours ends the prompt. */
function complaintOf(error: unknown, sql: string): string {
  if (!(error instanceof TickerlakeError)) throw error
  const { line, column } = (error instanceof SqlError && error.position) || { line: 0, column: 0 }
  const written = sql.split('\n')[line - 1]
  const pointed = written === undefined ? '' : `${written}\n${' '.repeat(column - 1)}^\n`
  return `${pointed}${error.message}\n`
}

/** Where the word begins that a line ends with. */
function wordStart(line: string): number {
  let at = line.length
  while (at > 0 && /\w/.test(line.charAt(at - 1))) at--
  return at
}
