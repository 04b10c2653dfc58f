/** Makes the pictures of docs/dashboard.md: every page, light and dark, on a desk and in a hand, of the engine that runs here. */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { dashboardLakeOf } from '../../cli/dashboard/dashboard-lake.ts'
import { targetOf } from '../../cli/lake/target.ts'
import { startDashboard } from '../../dashboard/server/dashboard.ts'
import { startBrowser } from '../support/browser.ts'

const FOLDER = join('docs', 'pictures')
const SIZES = {
  desktop: { width: 1120, height: 700 },
  phone: { width: 390, height: 760 },
} as const

/** Where each page is, and what has to stand there before its picture is taken. */
const PAGES: Readonly<Record<string, { readonly path: string; readonly until: (page: Page) => Promise<unknown> }>> = {
  stream: { path: 'stream', until: (page) => page.getByRole('table', { name: 'Newest bars' }).waitFor() },
  market: {
    path: 'market?symbol=AAPL&range=6m',
    until: (page) => page.getByText(/^Forecast after/).waitFor(),
  },
  variety: { path: 'variety', until: (page) => page.getByRole('heading', { name: 'Bars by symbol' }).waitFor() },
  quality: {
    path: 'quality',
    until: (page) => page.getByRole('table', { name: 'Completeness by partition' }).waitFor(),
  },
  forecasts: { path: 'forecasts', until: (page) => page.getByRole('heading', { name: 'Promised and kept' }).waitFor() },
  query: {
    path: 'query?saved=daily-returns',
    until: async (page) => {
      await page.getByRole('button', { name: 'Run' }).click()
      await page.getByText(/rows in/).waitFor()
    },
  },
}

const { lake, close } = await dashboardLakeOf(targetOf(process.env), () => undefined)
const dashboard = await startDashboard({
  lake,
  port: 0,
  token: 'of-the-pictures',
  now: Date.now,
  onDefect: (error) => {
    throw error
  },
})
const browser = await startBrowser()
mkdirSync(FOLDER, { recursive: true })
for (const scheme of ['light', 'dark'] as const)
  for (const [size, viewport] of Object.entries(SIZES)) {
    const context = await browser.newContext({
      colorScheme: scheme,
      viewport,
      locale: 'en-US',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    for (const [name, { path, until }] of Object.entries(PAGES)) {
      await page.goto(`${dashboard.address}/${path}`)
      await until(page)
      // The charts draw with the next frames.
      await page.waitForTimeout(500)
      const file = join(FOLDER, `${name}-${scheme}-${size}.png`)
      await page.screenshot({ path: file })
      process.stdout.write(`${file}  ${Math.round(statSync(file).size / 1000)} kB\n`)
    }
    await context.close()
  }
await browser.close()
await dashboard.close()
await close()
