import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { refusalOf, SAFE_HEADERS } from '../../../dashboard/server/refusal.ts'

const DOOR = { hosts: ['127.0.0.1:4580', 'localhost:4580'], token: 'the-token-of-this-run' }

interface Asked {
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

function statusOf({ path = '/api/bars', method = 'GET', headers = {} }: Asked): number | undefined {
  const request = new Request(`http://127.0.0.1:4580${path}`, {
    method,
    headers: { host: '127.0.0.1:4580', ...headers },
  })
  return refusalOf(request, DOOR)?.status
}

const POST = { method: 'POST', path: '/api/query' }
const JSON_TYPE = { 'content-type': 'application/json' }

describe('the door of the dashboard', () => {
  test('lets in its own page, and whoever types its address', () => {
    assert.equal(statusOf({}), undefined)
    assert.equal(statusOf({ headers: { host: 'localhost:4580' } }), undefined)
    assert.equal(statusOf({ headers: { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:4580' } }), undefined)
    assert.equal(statusOf({ path: '/market', headers: { 'sec-fetch-site': 'none' } }), undefined)
  })

  test('does not answer to a name that was bent to this machine', () => {
    assert.equal(statusOf({ headers: { host: 'evil.example:4580' } }), 421)
    assert.equal(statusOf({ headers: { host: '127.0.0.1' } }), 421)
    assert.equal(statusOf({ headers: { host: '127.0.0.1:4581' } }), 421)
  })

  test('refuses other sites, other ports of this machine among them', () => {
    assert.equal(statusOf({ headers: { origin: 'https://evil.example' } }), 403)
    assert.equal(statusOf({ headers: { origin: 'http://127.0.0.1:8080' } }), 403)
    assert.equal(statusOf({ headers: { origin: 'null' } }), 403)
    for (const site of ['cross-site', 'same-site']) assert.equal(statusOf({ headers: { 'sec-fetch-site': site } }), 403)
  })

  test('lets a link lead to a page, and to no data', () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

    assert.equal(statusOf({ path: '/market', headers: link }), undefined)
    assert.equal(statusOf({ path: '/api/bars', headers: link }), 403)
    assert.equal(statusOf({ path: '/market', headers: { ...link, 'sec-fetch-dest': 'iframe' } }), 403)
  })

  test('takes a POST only as JSON and with the token of this run', () => {
    const token = { 'x-tickerlake-token': DOOR.token }

    assert.equal(statusOf({ ...POST, headers: { ...JSON_TYPE, ...token } }), undefined)
    assert.equal(statusOf({ ...POST, headers: { 'content-type': 'text/plain', ...token } }), 415)
    assert.equal(statusOf({ ...POST, headers: JSON_TYPE }), 403)
    assert.equal(statusOf({ ...POST, headers: { ...JSON_TYPE, 'x-tickerlake-token': 'of another run' } }), 403)
  })

  test('answers no other verb', () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) assert.equal(statusOf({ method }), 405)
  })

  test('allows nothing inline and nothing from elsewhere', () => {
    const policy = SAFE_HEADERS['content-security-policy']

    assert.match(policy, /^default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe|https?:|\*/)
  })
})
