/** How the page may be looked at: every width, colour, contrast and eye; and everything it may show. */
import type { BrowserContextOptions, Page } from 'playwright-core'

export interface Mode {
  readonly options: BrowserContextOptions
  /** How an eye without some of its cones sees it, in the words of Chromium's own tools. */
  readonly vision?: 'deuteranopia' | 'protanopia' | 'tritanopia' | 'achromatopsia'
}

const size = (width: number, height: number, scale = 1): BrowserContextOptions => ({
  viewport: { width, height },
  deviceScaleFactor: scale,
})
const DESK = size(1440, 900)

export const MODES: Readonly<Record<string, Mode>> = {
  desk: { options: DESK },
  'desk-dark': { options: { ...DESK, colorScheme: 'dark' } },
  phone: { options: size(360, 740) },
  'phone-dark': { options: { ...size(360, 740), colorScheme: 'dark' } },
  /** 1280 pixels at a zoom of 400 %. */
  reflow: { options: size(320, 256) },
  tablet: { options: size(768, 1024) },
  'zoom-200': { options: size(720, 450, 2) },
  '4k': { options: size(3840, 2160) },
  '4k-dark': { options: { ...size(3840, 2160), colorScheme: 'dark' } },
  '4k-double': { options: size(1920, 1080, 2) },
  forced: { options: { ...DESK, forcedColors: 'active' } },
  'forced-dark': { options: { ...DESK, forcedColors: 'active', colorScheme: 'dark' } },
  still: { options: { ...DESK, reducedMotion: 'reduce' } },
  deuteranopia: { options: DESK, vision: 'deuteranopia' },
  protanopia: { options: DESK, vision: 'protanopia' },
  tritanopia: { options: DESK, vision: 'tritanopia' },
  achromatopsia: { options: DESK, vision: 'achromatopsia' },
}

export interface Shot {
  readonly path: string
  /** What stands there when it is drawn. */
  readonly until: string
  readonly prepare?: (page: Page) => Promise<unknown>
  /** Of the lake in which nothing has landed. */
  readonly isEmpty?: boolean
}

const CHART = '.last small'
const run = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.locator('.data-table, .note.failed').first().waitFor({ timeout: 60_000 })
}

export const SHOTS: Readonly<Record<string, Shot>> = {
  nowhere: { path: 'markt?symbol=AAPL', until: 'main .note' },
  stream: { path: 'stream', until: '[data-figure=Landed]', prepare: (page) => page.waitForTimeout(2_500) },
  market: { path: 'market?symbol=AAPL', until: CHART },
  'market-earlier': { path: 'market?symbol=AAPL&range=6m&asof=2013-02-20', until: CHART },
  'market-log': { path: 'market?symbol=AAPL&range=max&scale=log&step=1mo&basis=traded', until: CHART },
  'market-compare': { path: 'market?symbol=AAPL&with=IBM,MSFT,GOOG,BRK-B.PREFERRED-SERIES-A', until: CHART },
  'market-table': { path: 'market?symbol=MSFT&range=1m&view=table', until: CHART },
  'market-long': { path: 'market?symbol=BRK-B.PREFERRED-SERIES-A&view=table', until: CHART },
  'market-search': {
    path: 'market?symbol=IBM',
    until: CHART,
    prepare: async (page) => {
      await page.keyboard.press('/')
      await page.getByRole('option', { name: /bars/ }).first().waitFor()
    },
  },
  'market-unknown': { path: 'market?symbol=NOPE', until: '.note.failed' },
  keys: { path: 'market?symbol=IBM', until: CHART, prepare: (page) => page.keyboard.press('?') },
  variety: { path: 'variety', until: 'h2:has-text("Bars by symbol")' },
  'variety-landing': { path: 'variety?table=bars_landing', until: 'h2:has-text("Bars by symbol")' },
  quality: {
    path: 'quality',
    until: 'details.record',
    prepare: (page) => page.locator('details.record summary').nth(1).click(),
  },
  forecasts: { path: 'forecasts?kind=walk-forward', until: 'h2:has-text("Promised and kept")' },
  'forecasts-live': { path: 'forecasts?kind=live', until: 'h2:has-text("Promised and kept")' },
  query: { path: 'query?saved=daily-returns', until: 'textarea', prepare: run },
  'query-wide': {
    path: `query?sql=${encodeURIComponent('SELECT * FROM bars_landing WHERE reject_reason IS NOT NULL')}`,
    until: 'textarea',
    prepare: run,
  },
  'query-error': {
    path: `query?sql=${encodeURIComponent('SELECT closee FROM bars')}`,
    until: 'textarea',
    prepare: run,
  },
  'query-complete': {
    path: 'query',
    until: 'textarea',
    prepare: async (page) => {
      await page.getByRole('textbox', { name: 'SQL' }).fill('SELECT * FROM bars_')
      await page.keyboard.press('Control+Space')
    },
  },
  ...Object.fromEntries(
    ['stream', 'market', 'variety', 'quality', 'forecasts', 'query'].map((path) => [
      `empty-${path}`,
      {
        path,
        until: path === 'stream' ? '[data-figure=Landed]' : path === 'query' ? 'textarea' : '.note:not(.waiting)',
        isEmpty: true,
      },
    ]),
  ),
}
