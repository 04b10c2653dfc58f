/** The table of functions in docs/queries.md, made from the corpus: what Trino answers, and what the local engine refuses. */
import { readFileSync } from 'node:fs'
import type { Golden } from '../trino/compare.ts'
import { readGolden } from '../trino/golden.ts'
import { type LocalAnswers, readLocalAnswers } from '../trino/local-answers.ts'

const BEGIN = '<!-- functions: made by npm run docs -->'
const END = '<!-- /functions -->'
const CHAPTERS = 'test/trino/corpus/functions.txt'

type Refused = LocalAnswers['refused']
type Standing = 'alike' | 'in part' | 'refused'

export function functionsDoc(page: string): string {
  const [before, after] = [page.split(BEGIN)[0], page.split(END)[1]]
  if (before === undefined || after === undefined) throw new Error(`docs/queries.md lacks ${BEGIN} … ${END}.`)
  return `${before}${BEGIN}\n${table(readGolden(), readLocalAnswers())}\n${END}${after}`
}

function table(golden: readonly Golden[], { refused, near }: LocalAnswers): string {
  const lines = chapters().map(({ chapter, names }) => {
    const standings = names.map((name) => ({ name, standing: standingOf(name, golden, refused) }))
    const cell = (wanted: Standing): string =>
      standings
        .filter(({ standing }) => standing === wanted)
        .map(({ name }) => `\`${name}\``)
        .join(' ')
    return `| ${chapter} | ${cell('alike')} | ${cell('in part')} | ${cell('refused')} |`
  })
  const refusals = golden.filter(({ sql }) => refused[sql] !== undefined).length
  const equal = golden.length - refusals - near.length
  const share = ((equal / golden.length) * 100).toFixed(1)
  return [
    `Of ${golden.length} statements ${equal} (${share} %) are answered as Trino 476 answers them, ${near.length} are of approximate`,
    `functions, ${refusals} are refused, none is different.`,
    '',
    '| chapter of Trino’s documentation | as on Athena | some forms are refused | refused |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n')
}

function chapters(): readonly { readonly chapter: string; readonly names: readonly string[] }[] {
  return readFileSync(CHAPTERS, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [chapter = '', names = ''] = line.split(': ')
      return { chapter, names: names.split(' ') }
    })
}

/** Undefined of a function that Trino 476 has not. */
function standingOf(name: string, golden: readonly Golden[], refusals: Refused): Standing | undefined {
  const calls = golden.filter(({ sql }) => callOf(name).test(sql))
  if (calls.length === 0) throw new Error(`No statement of the corpus calls ${name}; ${CHAPTERS} lists it.`)
  if (calls.every(({ error }) => error?.includes('not registered'))) return undefined
  const refused = calls.some(({ sql }) => isBlamed(name, sql, refusals[sql]))
  const answered = calls.some(({ sql, error }) => error === undefined && refusals[sql] === undefined)
  if (!answered) return 'refused'
  return refused ? 'in part' : 'alike'
}

const callOf = (name: string): RegExp => new RegExp(`\\b${name}\\s*\\(`, 'i')

/** Of a statement of several functions, the one that the refusal names, or else the one that stands first. */
function isBlamed(name: string, sql: string, refusal: string | undefined): boolean {
  if (refusal === undefined) return false
  const named = /function (\w+)/.exec(refusal)?.[1]
  if (named) return named === name
  return new RegExp(`\\b${name}\\b`).test(refusal) || new RegExp(`^SELECT ${name}\\s*\\(`, 'i').test(sql)
}
