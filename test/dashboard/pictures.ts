/** Makes the pictures of docs/dashboard.md: every page, light and dark, on a desk and in a hand, of the engine that runs here. */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { dashboardLakeOf } from '../../cli/dashboard/dashboard-lake.ts'
import { targetOf } from '../../cli/lake/target.ts'
import { runCommand } from '../../command/command.ts'
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

const HELP = `
Makes the pictures of docs/dashboard.md, of the engine that runs here: every
page, light and dark, on a desk and in a hand.

  npm run local -- --once --keep && npm run pictures
`

await runCommand({
  help: HELP,
  options: {},
  async run() {
    const { lake, close } = await dashboardLakeOf(targetOf(process.env), () => undefined)
    const onDefect = (error: unknown): never => {
      throw error
    }
    const dashboard = await startDashboard({ lake, port: 0, token: 'of-the-pictures', now: Date.now, onDefect })
    const browser = await startBrowser()
    mkdirSync(FOLDER, { recursive: true })
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        const context = await browser.newContext({ colorScheme, viewport, locale: 'en-US', reducedMotion: 'reduce' })
        await takePictures(await context.newPage(), dashboard.address, `${colorScheme}-${size}`)
        await context.close()
      }
    }
    await browser.close()
    await dashboard.close()
    await close()
    return 0
  },
})

async function takePictures(page: Page, address: string, name: string): Promise<void> {
  for (const [of, { path, until }] of Object.entries(PAGES)) {
    await page.goto(`${address}/${path}`)
    await until(page)
    // The charts draw with the next frames.
    await page.waitForTimeout(500)
    const file = join(FOLDER, `${of}-${name}.png`)
    await page.screenshot({ path: file })
    process.stdout.write(`${file}  ${Math.round(statSync(file).size / 1000)} kB\n`)
  }
}
