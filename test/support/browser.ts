/** A browser for tests: CHROME_PATH's, else the one that npm brings for Linux on x64. */

import { spawnSync } from 'node:child_process'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'
import { PATIENCE_MS } from './until.ts'

/** Unpacked once, and used by every run of this version. */
const FOLDER = resolve('.local', 'install', 'chromium-153')

/** Why no browser can be started here, or undefined where one can. */
export function withoutBrowser(): string | undefined {
  if (process.env['CHROME_PATH'] || (process.platform === 'linux' && process.arch === 'x64')) return undefined
  return 'No browser: set CHROME_PATH to an installed Chrome or Chromium (npm brings one for Linux on x64 only).'
}

export async function startBrowser(): Promise<Browser> {
  const own = process.env['CHROME_PATH']
  // As root Chromium has no sandbox of its own to enter; it loads nothing but the page under test.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  if (own) return chromium.launch({ executablePath: own, args, timeout: PATIENCE_MS })
  const folder = await unpacked()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    timeout: PATIENCE_MS,
    args: [
      ...args,
      '--headless=old',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--disable-gpu',
      '--font-render-hinting=none',
    ],
    env: {
      ...process.env,
      LANG: 'en_US.UTF-8',
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_PATH: folder,
    },
  })
}

/** Windows of one person, who waits for a slow machine. */
export async function openContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-US', ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  return context
}

/** The package's own unpacking takes any stale copy, and its arguments switch web security off. */
async function unpacked(): Promise<string> {
  if (existsSync(FOLDER)) return FOLDER
  mkdirSync(resolve(FOLDER, '..'), { recursive: true })
  const folder = mkdtempSync(`${FOLDER}-`)
  const bin = join(fileURLToPath(import.meta.resolve('@sparticuz/chromium')), '..', '..', 'bin')
  await pipeline(
    createReadStream(join(bin, 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(join(folder, 'chromium'), { mode: 0o755 }),
  )
  for (const name of ['al2023', 'swiftshader', 'fonts']) {
    const tar = join(folder, `${name}.tar`)
    await pipeline(createReadStream(join(bin, `${name}.tar.br`)), createBrotliDecompress(), createWriteStream(tar))
    const into = join(folder, name === 'swiftshader' ? '.' : name)
    mkdirSync(into, { recursive: true })
    const { status, stderr } = spawnSync('tar', ['-xf', tar, '-C', into], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${tar} cannot be unpacked: ${stderr}`)
  }
  writeFileSync(join(folder, 'fonts.conf'), fontsConf())
  try {
    renameSync(folder, FOLDER)
  } catch (error) {
    // Another test file has unpacked it meanwhile.
    if (!existsSync(FOLDER)) throw error
    rmSync(folder, { recursive: true })
  }
  return FOLDER
}

function fontsConf(): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${FOLDER}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${FOLDER}/cache</cachedir></fontconfig>
`
}
