/** How the local engine stands to the corpus, kept in a file: what it refuses, with its sentence, and what is near alone. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = join(import.meta.dirname, 'corpus/local.json')

export interface LocalAnswers {
  readonly refused: Readonly<Record<string, string>>
  /** Statements of approximate functions that Trino answers otherwise. */
  readonly near: readonly string[]
}

export function readLocalAnswers(): LocalAnswers {
  return JSON.parse(readFileSync(FILE, 'utf8'))
}

export function writeLocalAnswers(answers: LocalAnswers): void {
  writeFileSync(FILE, `${JSON.stringify(answers, null, 1)}\n`)
}
