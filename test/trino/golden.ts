/** Trino's answers to the corpus, kept in a file, so that the local side is held to them without Trino. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TrinoAnswer } from '../../localstack/trino/trino-client.ts'
import type { Golden } from './compare.ts'

const FILE = join(import.meta.dirname, 'corpus/golden.jsonl')

export function readGolden(): readonly Golden[] {
  return readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line): Golden => JSON.parse(line))
}

export function writeGolden(golden: readonly Golden[]): void {
  writeFileSync(FILE, `${golden.map((one) => JSON.stringify(one)).join('\n')}\n`)
}

/** What Trino answers to a statement, or the first line of its refusal. */
export async function goldenOf(sql: string, ask: (sql: string) => Promise<TrinoAnswer>): Promise<Golden> {
  try {
    const { columns, rows } = await ask(sql)
    return { sql, types: columns.map(({ type }) => type), rows }
  } catch (cause) {
    const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
    return { sql, error: line }
  }
}
