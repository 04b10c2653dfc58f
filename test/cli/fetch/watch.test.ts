import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { CRYPTO, NEW_YORK, YahooStandIn } from '../../support/yahoo-stand-in.ts'

const first = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10)
const symbols = [
  { ...NEW_YORK, symbol: 'AAPL', first },
  { ...CRYPTO, symbol: 'BTC-USD', first },
]
const yahoo = new YahooStandIn({ symbols, now: Date.now })
const folder = mkdtempSync(join(tmpdir(), 'tickerlake-watch-'))
after(async () => {
  await yahoo.close()
  rmSync(folder, { recursive: true })
})

test('npm run fetch -- --watch keeps the bars that are over, says what is gone, and ends with Ctrl-C', async () => {
  const words = ['cli/fetch.ts', 'AAPL', 'BTC-USD', 'GONE', '--from', first, '--watch', '--out', folder]
  const env = { ...process.env, YAHOO_ENDPOINT: await yahoo.listen() }
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  let said = ''
  for await (const chunk of child.stderr) {
    said += String(chunk)
    if (/bars new or restated/.test(said)) child.kill('SIGINT')
  }
  const [code] = await ended

  assert.equal(code, 0, said)
  assert.match(said, /Watching AAPL, BTC-USD, GONE at 1d; bars go to .*Ctrl-C ends it.*asks again at 20/s)
  assert.match(said, /symbol gone: GONE, 1d, Yahoo Finance gave no bars of GONE/)
  assert.deepEqual(readdirSync(join(folder, 'yahoo', '1d')).toSorted(), ['AAPL.parquet', 'BTC-USD.parquet'])
})
