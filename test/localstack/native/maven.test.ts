import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fetchJar, mirrorOfCentral } from '../../../localstack/native/maven.ts'

describe('the mirror of Maven settings', () => {
  const settings = (mirrors: string) => `<settings><mirrors>${mirrors}</mirrors></settings>`
  const mirror = (of: string, url: string) => `<mirror><id>x</id><mirrorOf>${of}</mirrorOf><url>${url}</url></mirror>`

  test('stands for Central by name, by star, or as one of a list', () => {
    for (const stands of ['central', '*', 'external:*', 'other,central', '*,!snapshots']) {
      assert.equal(
        mirrorOfCentral(settings(mirror(stands, 'https://repo.example/maven'))),
        'https://repo.example/maven/',
        stands,
      )
    }
  })

  test('is not taken where it stands for others, leaves Central out, or is commented out', () => {
    for (const mirrors of [
      mirror('jboss', 'https://a.example'),
      mirror('*,!central', 'https://b.example'),
      `<!-- ${mirror('*', 'https://c.example')} -->`,
    ]) {
      assert.equal(mirrorOfCentral(settings(mirrors)), undefined, mirrors)
    }
  })
})

describe('fetching a jar', () => {
  const body = Buffer.from('a jar')
  const sha256 = createHash('sha256').update(body).digest('hex')
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-maven-'))
  const cache = join(folder, 'cache')
  let server: Server
  let source: { cache: string; mirror: string }
  const asked: string[] = []

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    source = { cache, mirror: `http://127.0.0.1:${(server.address() as AddressInfo).port}/maven/` }
  })
  after(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  test('asks the mirror for the path that coordinates stand for', async () => {
    const into = mkdtempSync(join(folder, 'into-'))

    await fetchJar({ artifact: 'org.example.tool:thing:1.2', sha256 }, into, source)

    assert.deepEqual(readFileSync(join(into, 'thing-1.2.jar')), body)
    assert.equal(asked.at(-1), '/maven/org/example/tool/thing/1.2/thing-1.2.jar')
  })

  test('takes the jar that Maven itself has downloaded before', async () => {
    const into = mkdtempSync(join(folder, 'into-'))
    mkdirSync(join(cache, 'org/example/tool/cached/3'), { recursive: true })
    writeFileSync(join(cache, 'org/example/tool/cached/3/cached-3.jar'), body)
    asked.length = 0

    await fetchJar({ artifact: 'org.example.tool:cached:3', sha256 }, into, source)

    assert.deepEqual(readdirSync(into), ['cached-3.jar'])
    assert.deepEqual(asked, [])
  })

  test('a jar with another checksum is refused and does not stay', async () => {
    const into = mkdtempSync(join(folder, 'into-'))

    await assert.rejects(
      fetchJar({ artifact: 'org.example.tool:thing:1.2', sha256: '0'.repeat(64) }, into, source),
      /came with the SHA-256 .*, wanted 0000/,
    )
    assert.deepEqual(readdirSync(into), [])
  })
})
