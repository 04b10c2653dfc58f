import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { securityDoc } from './security-doc.ts'

test('docs/security.md lists every right of the templates; `npm run docs:security` writes it anew', () => {
  const page = readFileSync('docs/security.md', 'utf8')

  assert.equal(page, securityDoc(page))
})
