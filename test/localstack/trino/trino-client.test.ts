import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { SqlError } from '../../../lake/queries/athena-sql/sql-error.ts'
import { askTrino } from '../../../localstack/trino/trino-client.ts'

/** Answers with the pages in turn, `next` standing for the address of the one behind it. */
async function serving(
  pages: readonly string[],
  use: (port: number, seen: readonly IncomingMessage[]) => Promise<void>,
): Promise<void> {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    const { port } = server.address() as AddressInfo
    const page = pages[seen.length - 1] ?? '{}'
    response.end(page.replace('"next"', `"http://127.0.0.1:${port}/v1/statement/${seen.length}"`))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await use((server.address() as AddressInfo).port, seen)
  } finally {
    server.close()
  }
}

const COLUMNS = '"columns":[{"name":"x","type":"bigint"}]'

test('an answer is put together from its pages, and a large bigint keeps its digits', async () => {
  const pages = [
    '{"nextUri":"next"}',
    `{${COLUMNS},"data":[[1]],"nextUri":"next"}`,
    `{${COLUMNS},"data":[[9223372036854775807]],"stats":{"physicalInputBytes":7}}`,
  ]
  await serving(pages, async (port, seen) => {
    const answer = await askTrino({ port, schema: 'lake_one' }, 'SELECT x FROM t')

    assert.deepEqual(answer, {
      columns: [{ name: 'x', type: 'bigint' }],
      rows: [[1], ['9223372036854775807']],
      bytes: 7,
    })
    assert.equal(seen[0]?.headers['x-trino-schema'], 'lake_one')
  })
})

test('what is wrong with a statement is said with its place', async () => {
  const error =
    '{"message":"line 1:8: Column \'y\' cannot be resolved","errorLocation":{"lineNumber":1,"columnNumber":8}}'
  await serving([`{"error":${error}}`], async (port) => {
    await assert.rejects(
      askTrino({ port, schema: 's' }, 'SELECT y'),
      (thrown) => thrown instanceof SqlError && thrown.message === "Line 1, column 8: Column 'y' cannot be resolved",
    )
  })
})

test('Ctrl-C ends the query on the server too', async () => {
  const abort = new AbortController()
  await serving(['{"nextUri":"next"}'], async (port, seen) => {
    const asked = askTrino({ port, schema: 's' }, 'SELECT 1', abort.signal)
    abort.abort()

    await assert.rejects(asked, { name: 'AbortError' })
    assert.equal(seen.at(-1)?.method, 'DELETE')
  })
})
