import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { knobsDoc } from './knobs-doc.ts'

test('docs/deploy.md lists every knob; `npm run docs:knobs` writes the table anew', () => {
  const page = readFileSync('docs/deploy.md', 'utf8')

  assert.equal(page, knobsDoc(page))
})
