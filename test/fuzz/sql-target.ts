/** A statement that somebody asks: it reads the lake, or is refused in a sentence with its place. */
import assert from 'node:assert/strict'
import { guardedStatement } from '../../lake/queries/athena-sql/guard.ts'
import { SqlError } from '../../lake/queries/athena-sql/sql-error.ts'
import { relationsOf } from '../../lake/queries/relations.ts'
import { renderQuery } from '../../lake/queries/saved-query.ts'
import { readSavedQueries, readSavedViews } from '../../lake/queries/saved-query-files.ts'
import type { Dice } from '../chaos/dice.ts'
import { type FuzzTarget, mutated } from './target.ts'

const VIEWS = readSavedViews()
const GUARDED = { relations: [...relationsOf(VIEWS).keys()], database: 'tickerlake' }
const SEEDS = [...readSavedQueries().map((query) => renderQuery(query)), ...VIEWS.map(({ sql }) => sql)]
const WORDS =
  "select from where bars \"$path\" ( ) , . ; -- /* */ with as union all values table drop insert into ' \" ` ? :: [ ] -> 1 1e9 x'00' u&'\\0041' case when end over null"
/** The worst word of each of these verbs is one that the guard has not been told of. */
const FORBIDDEN =
  /^\s*(?:drop|insert|create|delete|update|merge|alter|grant|call|copy|set|attach|pragma|install|load)\b/i

function aStatement(dice: Dice): Uint8Array {
  const words = WORDS.split(' ')
  const kinds = [
    () => dice.pick(SEEDS),
    () => Array.from({ length: Math.floor(300 ** dice.next()) }, () => dice.pick(words)).join(' '),
    () => `select ${'('.repeat(Math.floor(5_000 ** dice.next()))}1`,
    () => `select ${'- '.repeat(Math.floor(5_000 ** dice.next()))}1 from bars`,
    () => `select 1${' union select 1'.repeat(Math.floor(500 ** dice.next()))}`,
    () => `${dice.pick(['drop table ', 'copy ', '', 'explain '])}${dice.pick(SEEDS)}`,
  ]
  return Buffer.from(dice.pick(kinds)())
}

export const sqlTarget: FuzzTarget = {
  name: 'sql',
  inAMoment: 80,
  make: (dice) => mutated(aStatement(dice), dice),
  run(input) {
    const sql = Buffer.from(input).toString()
    try {
      guardedStatement(sql, GUARDED)
    } catch (error) {
      if (!(error instanceof SqlError)) throw error
      return
    }
    assert.doesNotMatch(sql, FORBIDDEN)
  },
}
