/** The real page in a real browser, over the real local lake. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { dashboardLakeOf } from '../../../cli/dashboard/dashboard-lake.ts'
import { targetOf } from '../../../cli/lake/target.ts'
import type { StreamNow } from '../../../dashboard/api.ts'
import { PAGE_NAMES } from '../../../dashboard/api.ts'
import { startDashboard } from '../../../dashboard/server/dashboard.ts'
import { type DashboardLake, readOnly } from '../../../dashboard/server/lake.ts'
import { systemClock } from '../../../lake/clock.ts'
import { accessOfBrokerList, kafkaClient } from '../../../lake/kafka/kafka-access.ts'
import { KafkajsSender } from '../../../lake/kafka/kafkajs-sender.ts'
import { KafkaTopicLog } from '../../../lake/ledger/kafka-topic-log.ts'
import { land } from '../../../lake/ledger/land.ts'
import { ObjectLedgers } from '../../../lake/ledger/ledgers.ts'
import { parquetEncoder } from '../../../lake/parquet/encoder.ts'
import { ensureTopic } from '../../../localstack/engine/broker-admin.ts'
import { aMessage, aRecord } from '../../support/bars.ts'
import { openContext, startBrowser, withoutBrowser } from '../../support/browser.ts'
import { sharedEngine } from '../../support/engine.ts'
import { prefixedStore } from '../../support/prefixed-store.ts'
import { silentLog } from '../../support/silent-log.ts'

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const TOKEN = 'the-token-of-this-test'
const skip = withoutBrowser() ?? false
const run = promisify(execFile)

describe('the dashboard', async () => {
  const { state } = await sharedEngine()
  const env = {
    AWS_ENDPOINT_URL: state.endpoint,
    AWS_REGION: state.region,
    TICKERLAKE_STAGE: state.stage,
    KAFKA_BROKERS: state.brokers,
  }
  const { lake, close } = await dashboardLakeOf(targetOf(env), () => undefined)
  const dashboard = await startFor(lake)
  const browser: Browser | undefined = skip ? undefined : await startBrowser()
  after(async () => {
    await browser?.close()
    await dashboard.close()
    await close()
  })

  async function context(scheme: 'light' | 'dark' = 'light'): Promise<BrowserContext> {
    assert.ok(browser)
    return openContext(browser, { colorScheme: scheme, viewport: { width: 1280, height: 900 } })
  }

  async function command(...args: string[]): Promise<string> {
    const { stdout } = await run(process.execPath, ['cli/query.ts', ...args], {
      env: { ...process.env, ...env },
      maxBuffer: 64 << 20,
    })
    return stdout
  }

  for (const scheme of ['light', 'dark'] as const) {
    test(`shows every page, ${scheme}, without an error, and without a fault that axe finds`, { skip }, async () => {
      const opened = await context(scheme)
      const page = await opened.newPage()
      const troubles = troublesOf(page)
      for (const name of PAGE_NAMES) {
        await page.goto(`${dashboard.address}/${name}${name === 'market' ? '?symbol=AAPL&view=table' : ''}`)
        await settled(page, name)

        assert.deepEqual(await axeViolations(page), [], name)
      }
      assert.deepEqual(troubles, [])
      await opened.close()
    })
  }

  test('counts what npm run query counts', { skip }, async () => {
    const [landed] = JSON.parse(await command('--format', 'json', 'SELECT count(*) AS n FROM bars_landing'))
    const [last] = JSON.parse(
      await command('--format', 'json', "SELECT close FROM bars WHERE symbol = 'IBM' ORDER BY ts_event DESC LIMIT 1"),
    )
    const opened = await context()
    const page = await opened.newPage()

    await page.goto(`${dashboard.address}/stream`)
    await settled(page, 'stream')
    assert.equal(await figure(page, 'Landed'), Number(landed.n))
    await page.goto(`${dashboard.address}/market?symbol=IBM&basis=traded`)
    await settled(page, 'market')
    assert.equal(
      Number.parseFloat((await page.locator('.last').textContent()) ?? ''),
      Number(Number(last.close).toFixed(2)),
    )
    await opened.close()
  })

  test('answers a saved query with the rows that the command prints', { skip }, async () => {
    const wanted = JSON.parse(await command('--name', 'volume-leaders', '--param', 'rows=3', '--format', 'json')) as {
      readonly symbol: string
    }[]
    const opened = await context()
    const page = await opened.newPage()

    await page.goto(`${dashboard.address}/query?saved=volume-leaders&p.rows=3`)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByText(/3 rows in/).waitFor()

    const symbols = await page
      .locator('table[aria-label=Answer] tbody tr:not(.spacer) td:first-child')
      .allTextContents()
    assert.deepEqual(
      symbols,
      wanted.map(({ symbol }) => symbol),
    )
    await opened.close()
  })

  test('is gone through by keys alone: search, range, table, the next page', { skip }, async () => {
    const opened = await context()
    const page = await opened.newPage()
    await page.goto(`${dashboard.address}/market?symbol=AAPL`)
    await settled(page, 'market')

    await page.keyboard.press('/')
    await page.keyboard.type('ibm')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^IBM/ }).waitFor()
    // Its bars, too: where they cannot be had, no table comes, and it is that which failed.
    await settled(page, 'market')
    await page.keyboard.press(']')
    await page.keyboard.press('t')
    await page.getByRole('table', { name: 'Bars of IBM' }).waitFor()
    const address = new URL(page.url())
    assert.deepEqual(
      [address.searchParams.get('symbol'), address.searchParams.get('range'), address.searchParams.get('view')],
      ['IBM', '5y', 'table'],
    )

    await page.locator('.chart').focus()
    await page.keyboard.press('ArrowLeft')
    await page.locator('.reading', { hasText: /Mar 1, 2013.*C/ }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('f')
    await page.getByRole('heading', { name: 'Forecasts', level: 1 }).waitFor()
    await opened.close()
  })

  test('shows a seventh tab as well as the first', { skip }, async () => {
    const opened = await context()
    const pages: Page[] = []
    for (let i = 0; i < 7; i++) {
      const page = await opened.newPage()
      await page.goto(`${dashboard.address}/stream`)
      pages.push(page)
    }
    for (const page of pages) await settled(page, 'stream')
    await opened.close()
  })

  test('does not answer to a bent name, a foreign page, or a request without the token', async () => {
    const { port } = new URL(dashboard.address)
    const asked = (path: string, headers: Readonly<Record<string, string>>, method = 'GET') =>
      new Promise<number | undefined>((answered, failed) => {
        request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
          response.resume()
          answered(response.statusCode)
        })
          .on('error', failed)
          .end()
      })

    assert.equal(await asked('/api/bars?symbol=AAPL', { host: `evil.example:${port}` }), 421)
    assert.equal(await asked('/api/bars?symbol=AAPL', { origin: 'https://evil.example' }), 403)
    assert.equal(await asked('/api/bars?symbol=AAPL', { 'sec-fetch-site': 'same-site' }), 403)
    assert.equal(await asked('/api/query', { 'content-type': 'application/json' }, 'POST'), 403)
    assert.equal(await asked('/api/bars?symbol=AAPL', {}), 200)
  })

  test('takes no SQL through any parameter, and nothing but reading through the page Query', async () => {
    const evil = "AAPL' OR '1'='1"
    const statusOf = async (path: string): Promise<number> => (await fetch(`${dashboard.address}${path}`)).status
    for (const [path, names] of Object.entries({
      '/api/bars': ['symbol', 'interval', 'step', 'basis', 'from', 'to'],
      '/api/findings': ['symbol'],
      '/api/forecast': ['symbol', 'asof'],
    }))
      for (const name of names) {
        const params = new URLSearchParams({ symbol: 'AAPL', [name]: evil })
        assert.equal(await statusOf(`${path}?${params}`), 400, `${path} ${name}`)
      }
    const post = async (body: unknown) => {
      const headers = { 'content-type': 'application/json', 'x-tickerlake-token': TOKEN }
      return fetch(`${dashboard.address}/api/query`, { method: 'POST', headers, body: JSON.stringify(body) })
    }
    const injected = await post({ name: 'daily-returns', params: { symbol: evil } })
    assert.deepEqual(((await injected.json()) as { rows: unknown[] }).rows, [])
    for (const sql of [
      'DROP TABLE bars',
      "SELECT * FROM read_text('/etc/passwd')",
      'SELECT 1; DELETE FROM bars',
      "COPY bars TO 'x'",
    ])
      assert.ok((await post({ sql })).status >= 400, sql)
  })

  test('goes on for others while one client never reads', async () => {
    const { port } = new URL(dashboard.address)
    const deaf = connect(Number(port), '127.0.0.1')
    deaf.pause()
    deaf.write(`GET /api/live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)

    const [first, second] = [await nextLook(dashboard.address), await nextLook(dashboard.address)]

    assert.ok(second.at >= first.at)
    deaf.destroy()
  })

  test('moves its counters while records are sent and land', { skip }, async (t) => {
    const { live, deps, topic, closeLog } = await liveLake(lake, state.brokers)
    const shown = await startFor(live)
    const opened = await context()
    const page = await opened.newPage()
    await page.goto(`${shown.address}/stream`)
    await settled(page, 'stream')
    const sender = new KafkajsSender(kafkaClient(accessOfBrokerList(state.brokers), silentLog), topic)
    t.after(async () => {
      await Promise.all([sender.close(), opened.close()])
      await shown.close()
      await closeLog()
    })
    const messages = Array.from({ length: 7 }, (_, i) =>
      aMessage({ ts_event: new Date(Date.UTC(2013, 3, i + 1)).toISOString() }),
    )

    await sender.send(messages.map((value) => ({ key: 'AAPL', value, partition: 0 })))
    await shows(page, 'Sent', 7)
    assert.equal(await figure(page, 'Landed'), 0)
    await page.getByRole('row', { name: /^0 7/ }).waitFor()

    const records = messages.map((value, offset) => aRecord({ topic, partition: 0, offset, value }))
    await land({ topic, partition: 0, records }, deps)
    await shows(page, 'Landed', 7)
    await page.getByRole('row', { name: /^AAPL 1d Apr 7, 2013/ }).waitFor()
  })
})

function startFor(lake: DashboardLake) {
  return startDashboard({ lake, port: 0, token: TOKEN, now: Date.now, onDefect: (error) => assert.fail(String(error)) })
}

/** An empty lake of its own, with a topic of its own, that is landed into by hand. */
async function liveLake(lake: DashboardLake, brokers: string) {
  const topic = `dashboard-${randomUUID()}`
  await ensureTopic(brokers, { name: topic, partitions: 1 })
  const { lake: store } = await sharedEngine()
  const own = prefixedStore(store, `${topic}/`)
  const ledgers = new ObjectLedgers({
    store: own,
    cluster: 'test',
    encoder: parquetEncoder(),
    nonce: randomUUID,
  })
  const log = new KafkaTopicLog(accessOfBrokerList(brokers))
  const live: DashboardLake = {
    ...lake,
    topic,
    files: readOnly(own),
    ledgers: async () => ledgers,
    topicLog: async () => log,
    lookMs: 100,
  }
  const deps = {
    ledgers,
    warm: new Map(),
    encoder: parquetEncoder(),
    clock: systemClock,
    freshId: randomUUID,
    random: Math.random,
  }
  return { live, deps, topic, closeLog: () => log.close() }
}

function troublesOf(page: Page): string[] {
  const troubles: string[] = []
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
  page.on('pageerror', (error) => troubles.push(error.message))
  return troubles
}

/** Waits for what the page is there for. */
async function settled(page: Page, name: string): Promise<void> {
  const there: Readonly<Record<string, () => Promise<void>>> = {
    stream: () => page.locator('[data-figure=Landed]').waitFor(),
    market: () => page.locator('.last small').first().waitFor(),
    variety: () => page.getByRole('heading', { name: 'Bars by symbol' }).waitFor(),
    quality: () => page.getByRole('table', { name: 'Completeness by partition' }).waitFor(),
    forecasts: () => page.getByRole('heading', { name: 'Promised and kept' }).waitFor(),
    query: () => page.getByRole('textbox', { name: 'SQL' }).waitFor(),
  }
  await there[name]?.()
}

async function figure(page: Page, name: string): Promise<number> {
  return Number((await page.locator(`[data-figure=${name}]`).textContent())?.replaceAll(',', ''))
}

async function shows(page: Page, name: string, value: number): Promise<void> {
  await page.locator(`[data-figure=${name}]`, { hasText: new RegExp(`^${value}$`) }).waitFor()
}

async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const axe = (
      globalThis as unknown as {
        axe: { run: (options: unknown) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
    ).axe
    const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  })
}

async function nextLook(address: string): Promise<StreamNow> {
  const gone = new AbortController()
  const { body } = await fetch(`${address}/api/live`, { signal: gone.signal })
  let text = ''
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk)
    if (text.includes('\n\n')) break
  }
  gone.abort()
  return (JSON.parse(/data: (.+)/.exec(text)?.[1] ?? '{}') as { readonly stream: StreamNow }).stream
}
