/** The page on screens of every size, for people who see it otherwise, and the page Query in use; over the sample, on disk. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { PAGE_NAMES, type PageName } from '../../dashboard/api.ts'
import { startDashboard } from '../../dashboard/server/dashboard.ts'
import { openContext, startBrowser, withoutBrowser } from '../support/browser.ts'
import { diskLake } from '../support/disk-lake.ts'
import { sampleForecasts, sampleLake, sampleRows } from '../support/sample-lake.ts'
import { until } from '../support/until.ts'

const skip = withoutBrowser() ?? false
/** Where pictures of every page are put for a person to look at; nowhere by default. */
const PICTURES = process.env['DASHBOARD_PICTURES']
const MANY_ROWS = 100_000

/** What stands on a page when it is there. */
const THERE: Readonly<Record<PageName, string>> = {
  stream: '[data-figure=Landed]',
  market: '.last small',
  variety: 'h2:has-text("Bars by symbol")',
  quality: 'table[aria-label="Completeness by partition"]',
  forecasts: 'h1:has-text("Forecasts")',
  query: 'textarea[aria-label=SQL]',
}

describe('the dashboard', { skip }, async () => {
  if (skip) return
  const { lake, store, remove } = diskLake()
  await sampleLake(await sampleRows(), store)
  await sampleForecasts(store)
  const onDefect = (error: unknown): never => assert.fail(String(error))
  const dashboard = await startDashboard({ lake, port: 0, token: 'of-this-test', now: Date.now, onDefect })
  const browser = await startBrowser()
  after(async () => {
    await browser.close()
    await dashboard.close()
    remove()
  })

  async function opened(options: BrowserContextOptions): Promise<Page> {
    return (await openContext(browser, options)).newPage()
  }

  async function show(page: Page, name: PageName, more = ''): Promise<void> {
    await page.goto(`${dashboard.address}/${name}${name === 'market' ? '?symbol=AAPL' : more}`)
    await page.locator(THERE[name]).first().waitFor()
  }

  async function picture(page: Page, name: string): Promise<void> {
    if (PICTURES === undefined) return
    await page.waitForTimeout(500)
    await page.screenshot({ path: `${PICTURES}/${name}.png` })
  }

  // 320 pixels are 1280 at a zoom of 400 %.
  for (const [width, height] of [
    [320, 256],
    [360, 740],
    [768, 1024],
    [3840, 2160],
  ] as const) {
    test(`fits ${width} pixels: no page scrolls sideways`, async () => {
      const page = await opened({ viewport: { width, height } })
      for (const name of PAGE_NAMES) {
        await show(page, name)
        await picture(page, `${name}-${width}`)

        const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        assert.ok(Number(wide) <= 0, `${name} is ${wide} pixels too wide`)
      }
      await page.context().close()
    })
  }

  test('fits a phone with letters of twice the size, and tables scroll by whole lines of them', async () => {
    const page = await opened({ viewport: { width: 360, height: 740 }, bypassCSP: true })
    const letters = { content: 'html { font-size: 200% !important; }' }
    for (const name of PAGE_NAMES) {
      await show(page, name, name === 'query' ? '?saved=daily-returns' : '')
      await page.addStyleTag(letters)
      await picture(page, `${name}-text-200`)

      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      assert.ok(Number(wide) <= 0, `${name} is ${wide} pixels too wide`)
    }
    await page.goto(`${dashboard.address}/market?symbol=AAPL&view=table`)
    const row = page.locator('table[aria-label="Bars of AAPL"] tbody tr:not(.spacer)').first()
    await row.waitFor()
    await page.addStyleTag(letters)
    assert.equal(await row.evaluate((line) => line.getBoundingClientRect().height), 56)
    await page.context().close()
  })

  test('leaves the focus and the scrolling where they are while the stream goes on', async () => {
    const page = await opened({ viewport: { width: 360, height: 740 } })
    let looks = 0
    await page.exposeFunction('counted', () => looks++)
    await page.addInitScript(() => {
      const { BroadcastChannel, counted } = globalThis as unknown as {
        BroadcastChannel: { prototype: { postMessage: (news: unknown) => void } }
        counted: () => void
      }
      const post = BroadcastChannel.prototype.postMessage
      BroadcastChannel.prototype.postMessage = function (news) {
        counted()
        post.call(this, news)
      }
    })
    await show(page, 'stream')
    const link = page.getByRole('table', { name: 'Newest bars' }).getByRole('link').first()
    await link.focus()
    const scroller = page.locator('[aria-label="Newest bars, scrolls"]')
    await scroller.evaluate((box) => box.scrollTo(120, 0))
    const before = looks
    await until('three looks more', () => looks >= before + 3)

    assert.ok(await link.evaluate((element) => element.matches(':focus')), 'the focus has gone')
    assert.equal(await scroller.evaluate((box) => box.scrollLeft), 120)
    await page.context().close()
  })

  test('says that the dashboard does not answer when it has ended', async () => {
    const short = await startDashboard({ lake, port: 0, token: 'of-this-test', now: Date.now, onDefect })
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${short.address}/stream`)
    await page.locator(THERE.stream).first().waitFor()
    await short.close()

    await page.getByRole('button', { name: /No answer. The dashboard does not answer any more/ }).waitFor()
    await page.locator('main .failed', { hasText: 'npm run dashboard' }).waitFor()
    await page.context().close()
  })

  test('shows where the focus is, at every stop of Tab on every page', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    for (const name of PAGE_NAMES) {
      await show(page, name)
      const seen = new Set<string>()
      for (let stops = 0; stops < 60; stops++) {
        await page.keyboard.press('Tab')
        const stop = await page.evaluate(() => {
          const { document, getComputedStyle } = globalThis as unknown as {
            document: { activeElement: { outerHTML: string; tagName: string } }
            getComputedStyle: (of: unknown) => { outlineStyle: string; outlineWidth: string }
          }
          const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
          const { tagName, outerHTML } = document.activeElement
          return { tagName, html: outerHTML.slice(0, 120), isSeen: outlineStyle !== 'none' && outlineWidth !== '0px' }
        })
        if (stop.tagName === 'BODY') break
        seen.add(stop.html)
        assert.ok(stop.isSeen, `${name}: ${stop.html}`)
      }
      assert.ok(seen.size >= 8, `${name} has ${seen.size} stops`)
    }
    await page.context().close()
  })

  test('shows the worst misses of live forecasts, however many walk-forwards there are', async () => {
    const page = await opened({})
    await show(page, 'forecasts', '?kind=live')
    await page.getByRole('table', { name: 'Worst misses' }).locator('tbody tr:not(.spacer)').first().waitFor()
    await page.context().close()
  })

  test('draws negative numbers of an answer below nought, and no chart of nothing', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    const troubles: string[] = []
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
    const sql =
      "SELECT * FROM (VALUES ('a', 2e0, CAST(NULL AS double)), ('b', -3e0, NULL), ('c', nan(), NULL)) AS t (name, moved, none)"
    await page.goto(`${dashboard.address}/query?sql=${encodeURIComponent(sql)}`)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByRole('img', { name: 'moved by name' }).waitFor()

    const options = await page.getByLabel('Value').locator('option').allTextContents()
    const bars = await page.getByRole('img', { name: 'moved by name' }).locator('rect').count()
    assert.deepEqual([options, bars, troubles], [['moved'], 2, []])
    await page.context().close()
  })

  test('keeps the order and the filter of the table behind the chart when the chart is drawn anew', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${dashboard.address}/market?symbol=AAPL&view=table`)
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('searchbox', { name: 'Filter Bars of AAPL' }).fill('2000-')
    await page.getByRole('button', { name: 'As traded' }).click()
    await page.locator('.last', { hasText: '430.47' }).waitFor()

    const first = page.locator('table[aria-label="Bars of AAPL"] tbody tr:not(.spacer) td').first()
    assert.match((await first.textContent()) ?? '', /^2000-/)
    assert.equal(await page.getByRole('columnheader', { name: 'Close' }).getAttribute('aria-sort'), 'ascending')
    await page.context().close()
  })

  test('skips to the page without opening it anew', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'query')
    await page.getByRole('textbox', { name: 'SQL' }).fill('SELECT 42')
    await page.getByRole('link', { name: 'Skip to the page' }).focus()
    await page.keyboard.press('Enter')

    assert.equal(await page.getByRole('textbox', { name: 'SQL' }).inputValue(), 'SELECT 42')
    assert.ok(await page.locator('main').evaluate((main) => main.matches(':focus')))
    await page.context().close()
  })

  test('looks for what was typed before the list of symbols was there', async () => {
    const page = await opened({})
    const listed = Promise.withResolvers<void>()
    await page.route('**/api/symbols', async (route) => {
      await listed.promise
      await route.continue()
    })
    await show(page, 'market')

    await page.keyboard.press('/')
    await page.keyboard.type('ibm')
    await page.keyboard.press('Enter')
    await page.getByText('Reading which symbols the lake has').waitFor()
    listed.resolve()

    await page.getByRole('button', { name: /^IBM/ }).waitFor()
    await page.context().close()
  })

  test('shows the range that is chosen, on a phone too, whatever a bar is', async () => {
    const page = await opened({ viewport: { width: 360, height: 740 } })
    await page.goto(`${dashboard.address}/market?symbol=AAPL&range=1m`)
    await page.locator(THERE.market).first().waitFor()
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    /** Waits for the days from the first bar that is seen to the last one of the symbol. */
    const isSeen = async (least: number, most: number): Promise<void> => {
      await until(`${least} to ${most} days in the chart`, async () => {
        const from = (await page.locator('.chart').getAttribute('data-from')) ?? ''
        const days = (Date.UTC(2013, 2, 1) - Date.parse(from)) / 86_400_000
        return days >= least && days <= most
      })
    }

    await isSeen(20, 35)
    await press('5Y')
    await isSeen(1_780, 1_830)
    await press('Week')
    await isSeen(1_780, 1_840)
    await press('6M')
    await isSeen(140, 190)
    await press('Day')
    await isSeen(140, 190)
    await page.context().close()
  })

  test('goes from symbol to symbol by keys, and back again', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'market')
    await page.keyboard.press('j')
    await page.getByRole('button', { name: 'FB', exact: false }).first().waitFor()
    await page.waitForURL(/symbol=FB/)

    await page.goBack()
    await page.getByRole('button', { name: 'AAPL', exact: false }).first().waitFor()
    await page.waitForURL(/symbol=AAPL/)
    await page.context().close()
  })

  test('compares symbols as returns, within the page', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${dashboard.address}/market?symbol=AAPL&with=IBM,MSFT`)
    await page.locator(THERE.market).first().waitFor()
    await picture(page, 'compare')
    await page.locator('.reading', { hasText: /IBM[\d., ]+[+−-]?[\d.]+%/ }).waitFor()
    await page.context().close()
  })

  test('compares with those that are there, and says which is not', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    const forecast = page.waitForResponse('**/api/forecast*')
    await page.goto(`${dashboard.address}/market?symbol=AAPL&with=IBM,NOPE`)

    // What comes after the bars draws all once more.
    await forecast
    await page.waitForTimeout(200)
    await page.getByText('The lake has no bars of NOPE at 1d').waitFor()
    await page.locator('.reading', { hasText: 'IBM' }).waitFor()
    await page.context().close()
  })

  test('keeps its marks in forced colours, and moves nothing for who wants no motion', async () => {
    const page = await opened({
      forcedColors: 'active',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 900 },
    })
    for (const name of PAGE_NAMES) {
      await show(page, name)
      await picture(page, `${name}-forced`)

      assert.equal(await page.evaluate('document.getAnimations().length'), 0, name)
    }
    await show(page, 'market')
    const grounds = await page.locator('.choice button').evaluateAll((buttons) => {
      const styles = globalThis as unknown as { getComputedStyle: (of: unknown) => { backgroundColor: string } }
      return buttons.map((each) => [each.ariaPressed, styles.getComputedStyle(each).backgroundColor] as const)
    })
    const of = (pressed: string) => grounds.filter(([is]) => is === pressed).map(([, ground]) => ground)
    assert.ok(of('true').length > 0)
    for (const chosen of of('true')) assert.ok(!of('false').includes(chosen), 'what is chosen looks like what is not')
    const grounded = () =>
      page.evaluate(() => {
        const { document, getComputedStyle } = globalThis as unknown as {
          document: { querySelector: (name: string) => { getContext: (of: '2d') => Pixels }; body: unknown }
          getComputedStyle: (of: unknown) => { backgroundColor: string }
        }
        interface Pixels {
          getImageData: (x: number, y: number, width: number, height: number) => { data: Iterable<number> }
        }
        const pixels = document.querySelector('.chart canvas').getContext('2d')
        const [red, green, blue, alpha] = pixels.getImageData(4, 4, 1, 1).data
        const chart = `rgb(${red}, ${green}, ${blue})`
        return { isDrawn: alpha !== 0, chart, canvas: getComputedStyle(document.body).backgroundColor }
      })
    await until('a chart that is drawn', async () => (await grounded()).isDrawn)
    const { chart, canvas } = await grounded()
    assert.equal(chart, canvas, 'the chart has another ground than the system')
    await page.context().close()
  })

  test('scrolls through a hundred thousand rows with a screenful in the document, and gives all of them as CSV', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 }, acceptDownloads: true })
    await show(page, 'query')
    const rows = `SELECT x * 400 + y AS n FROM UNNEST(sequence(0, 249)) AS a (x) CROSS JOIN UNNEST(sequence(0, 399)) AS b (y) ORDER BY 1`
    await page.getByRole('textbox', { name: 'SQL' }).fill(rows)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByText(/100,000 rows in/).waitFor()

    const table = page.locator('table[aria-label=Answer]')
    const inDocument = await table.locator('tbody tr:not(.spacer)').count()
    await page
      .locator('[aria-label="Answer, scrolls"]')
      .evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight))
    await table
      .getByText(`${MANY_ROWS - 1}`, { exact: true })
      .or(table.getByText('99,999', { exact: true }))
      .first()
      .waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ])
    const csv = readFileSync(await download.path(), 'utf8')
      .trim()
      .split(/\r?\n/)

    assert.ok(inDocument < 200, `${inDocument} rows in the document`)
    assert.deepEqual([csv.length, csv[0], csv.at(-1)], [MANY_ROWS + 1, 'n', `${MANY_ROWS - 1}`])
    await page.context().close()
  })

  test('completes the names of tables and columns by keys', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'query')
    const field = page.getByRole('textbox', { name: 'SQL' })
    await field.fill('SELECT * FROM bars_lan')
    await page.keyboard.press('Control+Space')
    await page.getByRole('listbox', { name: 'Names' }).waitFor()
    await page.keyboard.press('Tab')

    assert.match(await field.inputValue(), /FROM bars_landing/)
    await page.context().close()
  })

  test('runs a saved query from its parameter, and forgets the parameters of one that is edited as SQL', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'query', '?saved=daily-returns')
    await page.getByRole('textbox', { name: /^symbol/ }).fill('IBM')
    await page.keyboard.press('Enter')
    await page.getByText(/rows in/).waitFor()
    await page.waitForURL(/p\.symbol=IBM/)

    await page.getByRole('button', { name: 'Edit as SQL' }).click()
    await page.waitForURL(({ search }) => search === '')
    await page.context().close()
  })

  test('speaks the bar that the arrow keys lead to, part by part', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'market')
    await page.locator('.chart').focus()
    await page.keyboard.press('End')

    await page.getByText('Mar 1, 2013, O 57.12, H 57.14, L 56.07, C 56.14, -2.48%, Vol 19.7M').waitFor()
    await page.context().close()
  })

  test('ends a query that is cancelled, and says so', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'query')
    const slow = `SELECT count(*) FROM UNNEST(sequence(1, 9000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 9000)) AS b (y) CROSS JOIN UNNEST(sequence(1, 9000)) AS c (z) WHERE x * y = z + 1`
    await page.getByRole('textbox', { name: 'SQL' }).fill(slow)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.waitForTimeout(300)
    await page.getByRole('button', { name: 'Cancel' }).click()

    await page.getByText('Cancelled: the query was ended where it ran.').waitFor()
    await page.context().close()
  })
})
