import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, type TestContext, test } from 'node:test'
import { targetToChange } from '../../../cli/lake/lake-to-change.ts'
import { DEPLOYED_STACK } from '../../support/deployed-stack.ts'

interface S3Answer {
  readonly status: number
  readonly xml: string
}

const tagged = (stage: string): S3Answer => ({
  status: 200,
  xml: `<Tagging><TagSet><Tag><Key>app</Key><Value>tickerlake</Value></Tag><Tag><Key>stage</Key><Value>${stage}</Value></Tag></TagSet></Tagging>`,
})
const refused = (code: string, status: number): S3Answer => ({ status, xml: `<Error><Code>${code}</Code></Error>` })

/** An account with the stage dev, whose bucket answers so when it is asked for its tags; what is said of it. */
async function changes(t: TestContext, answer: S3Answer): Promise<readonly string[]> {
  const server = createServer(async (request, response) => {
    await text(request)
    const { status, xml } = request.url?.includes('tagging') ? answer : { status: 200, xml: DEPLOYED_STACK }
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const env = {
    TICKERLAKE_LOCAL_DIR: mkdtempSync(join(tmpdir(), 'tickerlake-no-engine-')),
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  }
  const said: string[] = []
  await targetToChange(env, 'dev', (line) => void said.push(line))
  return said
}

describe('a command that changes a lake', () => {
  test('goes on in a bucket that is marked as the stage’s, and says where first', async (t) => {
    const said = await changes(t, tagged('dev'))

    assert.equal(said.length, 1)
    assert.match(said[0] ?? '', /stage dev at http.*account 123456789012, region eu-central-1, bucket a-lake/)
  })

  test('refuses a bucket that is marked as another stage’s', async (t) => {
    await assert.rejects(changes(t, tagged('prod')), /dev was asked for, .*a-lake is marked as the lake of prod/)
  })

  test('says that an older lake has no mark, and goes on', async (t) => {
    const said = await changes(t, refused('NoSuchTagSet', 404))

    assert.match(said[1] ?? '', /a-lake has no tag "stage", as older lakes have none/)
  })

  test('says that its role may not read the mark, and goes on', async (t) => {
    const said = await changes(t, refused('AccessDenied', 403))

    assert.match(said[1] ?? '', /not checked: S3 refuses s3:GetBucketTagging on a-lake/)
  })

  test('does not go on where the bucket is gone', async (t) => {
    await assert.rejects(changes(t, refused('NoSuchBucket', 404)), { name: 'NoSuchBucket' })
  })
})
