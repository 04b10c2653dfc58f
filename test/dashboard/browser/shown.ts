/** The page over the sample, on disk, in one browser: what every test that looks at it starts from. */
import assert from 'node:assert/strict'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { PageName } from '../../../dashboard/api.ts'
import { startDashboard } from '../../../dashboard/server/dashboard.ts'
import type { DashboardLake } from '../../../dashboard/server/lake.ts'
import type { Listening } from '../../../dashboard/server/serve.ts'
import { openContext, startBrowser } from '../../support/browser.ts'
import { diskLake } from '../../support/disk-lake.ts'
import { sampleForecasts, sampleLake, sampleRows } from '../../support/sample-lake.ts'

/** Where pictures of every page are put for a person to look at; nowhere by default. */
const PICTURES = process.env['DASHBOARD_PICTURES']

/** What stands on a page when it is there. */
export const THERE: Readonly<Record<PageName, string>> = {
  stream: '[data-figure=Landed]',
  market: '.last small',
  variety: 'h2:has-text("Bars by symbol")',
  quality: 'table[aria-label="Completeness by partition"]',
  forecasts: 'h1:has-text("Forecasts")',
  query: 'textarea[aria-label=SQL]',
}

export interface Shown {
  /** Of the dashboard. */
  readonly address: string
  readonly opened: (options: BrowserContextOptions) => Promise<Page>
  /** Goes to a page and waits until it is there. */
  readonly show: (page: Page, name: PageName, more?: string) => Promise<void>
  readonly picture: (page: Page, name: string) => Promise<void>
  /** A second dashboard, over the same lake or another. */
  readonly startAnother: (other?: DashboardLake) => Promise<Listening>
  readonly close: () => Promise<void>
}

export async function openShown(): Promise<Shown> {
  const { lake, store, remove } = diskLake()
  await sampleLake(await sampleRows(), store)
  await sampleForecasts(store)
  const onDefect = (error: unknown): never => assert.fail(String(error))
  const startAnother = (other = lake) =>
    startDashboard({ lake: other, port: 0, token: 'of-this-test', now: Date.now, onDefect })
  const dashboard = await startAnother()
  const browser = await startBrowser()
  return {
    address: dashboard.address,
    opened: async (options) => (await openContext(browser, options)).newPage(),
    async show(page, name, more = '') {
      await page.goto(`${dashboard.address}/${name}${name === 'market' ? '?symbol=AAPL' : more}`)
      await page.locator(THERE[name]).first().waitFor()
    },
    async picture(page, name) {
      if (PICTURES === undefined) return
      await page.waitForTimeout(500)
      await page.screenshot({ path: `${PICTURES}/${name}.png` })
    },
    startAnother,
    async close() {
      await browser.close()
      await dashboard.close()
      remove()
    },
  }
}
