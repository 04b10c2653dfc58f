import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { REJECT_CODES } from '../../lake/records/judge.ts'
import { MADE_PAGES } from './made-pages.ts'

const PAGES = globSync(['*.md', 'docs/**/*.md', 'localstack/**/*.md', 'packages/*/*.md'])
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

for (const [path, made] of Object.entries(MADE_PAGES)) {
  test(`${path} says what the code says; "npm run docs" writes it again`, () => {
    const page = readFileSync(path, 'utf8')

    assert.equal(page, made(page))
  })
}

test('the glossary explains every reject code', () => {
  const glossary = readFileSync('docs/glossary.md', 'utf8')

  for (const code of REJECT_CODES) assert.ok(glossary.includes(`\`${code}\``), code)
})

test('the list of decisions has every page under its title', () => {
  const list = readFileSync('docs/decisions/README.md', 'utf8')

  for (const page of globSync('docs/decisions/0*.md')) {
    const title = readFileSync(page, 'utf8').split('\n', 1)[0]?.slice(2)
    assert.ok(list.includes(`- [${title}](${basename(page)})`), `${page}: "${title}"`)
  }
})

describe('every page', () => {
  for (const page of PAGES) {
    const text = readFileSync(page, 'utf8')

    test(`${page} links only to files that are there`, () => {
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)) {
        assert.ok(existsSync(join(dirname(page), link)), `${page} links to ${link}`)
      }
    })

    test(`${page} names only files of the project that are there`, () => {
      for (const [, path = ''] of text.matchAll(
        /`((?:lake|lambdas|infra|localstack|cli|command|dashboard|packages|test|queries|docs)\/[\w./-]+)`/g,
      )) {
        assert.ok(existsSync(path), `${page} names ${path}`)
      }
    })

    test(`${page} names only npm scripts that exist`, () => {
      for (const [, script = ''] of text.matchAll(/npm (?:-s )?run (?:-s )?([a-z][a-z0-9:-]*)/g)) {
        assert.ok(script in scripts, `${page} says npm run ${script}`)
      }
    })
  }
})
