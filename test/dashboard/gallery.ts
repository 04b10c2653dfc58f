/** `npm run gallery`: everything the page may show, in every way it may be looked at, for a person to go through. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { runCommand } from '../../command/command.ts'
import { startDashboard } from '../../dashboard/server/dashboard.ts'
import { startBrowser } from '../support/browser.ts'
import { crowdedLake, crowdedLog } from '../support/crowded-lake.ts'
import { diskLake } from '../support/disk-lake.ts'
import { MODES, type Mode, SHOTS, type Shot } from './modes.ts'

const HELP = `
Takes pictures of a lake that is hard to show: every page and state, in every width, colour scheme, contrast and kind of
colour vision. Nothing is compared: a person looks.

  npm run gallery
  npm run gallery -- --mode phone --shot market

Options
  --into FOLDER  where to (default: .local/gallery)
  --mode PART    those modes whose names hold this: ${Object.keys(MODES).join(', ')}
  --shot PART    those states whose names hold this: ${Object.keys(SHOTS).join(', ')}
`

await runCommand({
  help: HELP,
  options: { into: { type: 'string' }, mode: { type: 'string' }, shot: { type: 'string' } },
  async run({ values }) {
    const folder = values.into ?? join('.local', 'gallery')
    mkdirSync(folder, { recursive: true })
    const chosen = <T>(all: Readonly<Record<string, T>>, part = ''): readonly (readonly [string, T])[] =>
      Object.entries(all).filter(([name]) => part.split(',').some((one) => name.includes(one)))
    const { dashboards, close } = await bothLakes()
    const browser = await startBrowser()
    for (const [mode, how] of chosen(MODES, values.mode)) {
      const page = await openedAs(browser, how)
      for (const [name, shot] of chosen(SHOTS, values.shot)) {
        await taken(page, shot, {
          address: dashboards[shot.isEmpty ? 'empty' : 'crowded'].address,
          to: join(folder, `${name}--${mode}.png`),
        })
      }
      await page.context().close()
      process.stdout.write(`${mode}\n`)
    }
    await browser.close()
    await close()
    return 0
  },
})

async function bothLakes() {
  const onDefect = (error: unknown): never => {
    throw error
  }
  const crowded = diskLake({ topicLog: crowdedLog(0) })
  const empty = diskLake({ cluster: 'empty' })
  await crowdedLake(crowded.store)
  const start = (lake: typeof crowded.lake) =>
    startDashboard({ lake, port: 0, token: 'of-the-gallery', now: Date.now, onDefect })
  const dashboards = { crowded: await start(crowded.lake), empty: await start(empty.lake) }
  return {
    dashboards,
    async close(): Promise<void> {
      await Promise.all(Object.values(dashboards).map((dashboard) => dashboard.close()))
      crowded.remove()
      empty.remove()
    },
  }
}

async function openedAs(browser: Browser, { options, vision }: Mode): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', ...options })
  const page = await context.newPage()
  if (vision) {
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setEmulatedVisionDeficiency', { type: vision })
  }
  return page
}

async function taken(
  page: Page,
  { path, until, prepare }: Shot,
  { address, to }: { readonly address: string; readonly to: string },
): Promise<void> {
  try {
    await page.goto(`${address}/${path}`)
    await page.locator(until).first().waitFor()
    await prepare?.(page)
  } catch (error) {
    process.stderr.write(`${to}: ${error instanceof Error ? error.message : error}\n`)
  }
  // The charts draw with the next frames.
  await page.waitForTimeout(600)
  await page.screenshot({ path: to, fullPage: true })
}
