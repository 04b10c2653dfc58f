import { DuckDBInstance } from '@duckdb/node-api'
import { messageOf, TickerlakeError } from '../../lake/errors.ts'
import { SqlError } from '../../lake/queries/athena-sql/sql-error.ts'
import type { RunOptions } from '../../lake/queries/query-engine.ts'

export interface DuckdbOptions extends RunOptions {
  /** Statements that come before, on the same connection. */
  readonly preparation: readonly string[]
}

/** DuckDB forgets an interruption that comes before it has begun with the statement, so it is interrupted until it ends. */
const INTERRUPT_EVERY_MS = 50

/** A database in memory, made ready once by `setup`. */
export async function openDuckdb(setup: readonly string[]): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  for (const statement of setup) await connection.run(statement)
  connection.closeSync()
  return instance
}

/** The rows of one statement, on a connection of its own, as DuckDB gives its values. */
export async function askDuckdb(
  instance: DuckDBInstance,
  sql: string,
  { preparation, signal, enoughRows }: DuckdbOptions,
): Promise<readonly (readonly unknown[])[]> {
  const connection = await instance.connect()
  let again: NodeJS.Timeout | undefined
  const interrupt = (): void => {
    connection.interrupt()
    again = setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MS)
  }
  signal?.addEventListener('abort', interrupt, { once: true })
  try {
    for (const statement of preparation) {
      signal?.throwIfAborted()
      await connection.run(statement)
    }
    signal?.throwIfAborted()
    const reader =
      enoughRows === undefined
        ? await connection.runAndReadAll(sql)
        : await connection.streamAndReadUntil(sql, enoughRows)
    return reader.getRows()
  } catch (cause) {
    signal?.throwIfAborted()
    throw failureOf(cause)
  } finally {
    clearInterval(again)
    signal?.removeEventListener('abort', interrupt)
    connection.closeSync()
  }
}

/** Sentences of ours are marked (`coercion.ts`); of DuckDB's own, the first line is for people, the rest shows our SQL. */
function failureOf(cause: unknown): TickerlakeError {
  const message = messageOf(cause)
  const own = ownSentence(message)
  if (own !== undefined) return new SqlError(`${own.replaceAll("''", "'")}.`)
  const [line = ''] = message.split('\n')
  const known = inAthenasWords(line)
  if (known) return new SqlError(known)
  return new TickerlakeError(
    'query',
    `The local engine: ${line.includes('.parquet') ? 'a file cannot be read' : line}`,
    { cause },
  )
}

/** `Could not convert string '§Division by zero' to INT32`: what stands between the mark and DuckDB's own words. */
function ownSentence(message: string): string | undefined {
  const from = message.indexOf('§')
  if (from < 0) return undefined
  const [said = ''] = message.slice(from + 1).split('\n\nLINE ')
  for (const end of ENDS) {
    const own = end.exec(said)?.[1]
    if (own !== undefined) return own
  }
  return said
}

/** What DuckDB says behind a text that it cannot cast: to a decimal, to bytes, to most types, to JSON. */
const ENDS: readonly RegExp[] = [
  /^(.*)" to DECIMAL/s,
  /^(.*)"[.] All non-ascii/s,
  /^(.*)(?:' to |' can't be cast to |", expected format )/s,
  /^(.*)"$/s,
]

const TYPES: Readonly<Record<string, string>> = {
  INT8: 'tinyint',
  INT16: 'smallint',
  INT32: 'integer',
  INT64: 'bigint',
  DOUBLE: 'double',
}
const typeName = (name = ''): string => TYPES[name] ?? name.toLowerCase()

/** The least of each type, whose absolute value is beyond it. */
const LEAST_OF: Readonly<Record<string, string>> = {
  '-128': 'tinyint',
  '-32768': 'smallint',
  '-2147483648': 'integer',
  '-9223372036854775808': 'bigint',
}

/** What a statement may meet in its rows, by DuckDB's sentence. */
const FAILURES: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [
    /Overflow in (\w+) of (\w+(?:[(]\d+[)])?) [(](.+)[)]/,
    (what, type, sum) => `${typeName(type)} ${what} overflow: ${sum}.`,
  ],
  [
    /Type \w+ with value (\S+) can't be cast .* destination type (\w+)/,
    (value, type) => `${value} is out of range for ${typeName(type)}.`,
  ],
  [
    /Casting value "(.+)" to type (DECIMAL[(]\d+,\d+[)]) failed/,
    (value, type) => `${value} is out of range for ${typeName(type)}.`,
  ],
  [/Overflow on abs[(](-\d+)[)]/, (value = '') => `Value ${value} is out of range for abs(${LEAST_OF[value]}).`],
  [/Map keys must be unique/, () => 'A map cannot have the same key twice.'],
  [/More than one row returned by a subquery/, () => 'A subquery that stands for a value gave more than one row.'],
]

function inAthenasWords(line: string): string | undefined {
  for (const [pattern, sentence] of FAILURES) {
    const found = pattern.exec(line)
    if (found) return sentence(...found.slice(1))
  }
  return undefined
}
