import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Shell } from '../../../dashboard/api.ts'
import { pageAssets } from '../../../dashboard/server/assets.ts'

test('the page has this run’s token and whose lake it is written into it, whatever letters they have', async () => {
  const where = `the engine at "http://x" & <script>$&</script>`
  const shell: Shell = { stage: 'local', where, isOnAws: false, topic: 't', bucket: 'b', lookMs: 500 }

  const page = (await pageAssets({ token: 'a$1b', shell })).get('/index.html')

  const noted = (name: string): string =>
    new RegExp(`<meta name="${name}" content="([^"<]*)">`).exec(page?.body ?? '')?.[1] ?? ''
  assert.equal(noted('token'), 'a$1b')
  const text = noted('shell').replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  assert.deepEqual(JSON.parse(text), shell)
  assert.equal(page?.isOfRun, true)
})
