/** The page's files: its script bundled from TypeScript when the dashboard starts, its style and its one HTML. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Shell } from '../api.ts'

export interface Asset {
  readonly type: string
  readonly body: string
  readonly etag: string
  /** Whether what is this run's own is written into it, so that no cache may keep it. */
  readonly isOfRun: boolean
}

const PAGE = join(import.meta.dirname, '../page')

/** What is written into the page. */
export interface PageRun {
  readonly token: string
  readonly shell: Shell
}

/** Every file of the page by its path. Nothing is written to disk. */
export async function pageAssets(run: PageRun): Promise<ReadonlyMap<string, Asset>> {
  const { outputFiles } = await build({
    entryPoints: [join(PAGE, 'main.ts'), join(PAGE, 'style.css')],
    bundle: true,
    minify: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
  })
  const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  return new Map([
    ['/index.html', asset('text/html; charset=utf-8', htmlOf(run), true)],
    ['/main.js', asset('text/javascript; charset=utf-8', text('main.js'))],
    ['/style.css', asset('text/css; charset=utf-8', text('style.css'))],
    ['/icon.svg', asset('image/svg+xml', readFileSync(join(PAGE, 'icon.svg'), 'utf8'))],
  ])
}

function htmlOf({ token, shell }: PageRun): string {
  const html = readFileSync(join(PAGE, 'index.html'), 'utf8')
  // By functions: in a text, `$&` would stand for what is replaced.
  return html.replace('{{token}}', () => quoted(token)).replace('{{shell}}', () => quoted(JSON.stringify(shell)))
}

/** A text within the quotes of an attribute. */
function quoted(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

function asset(type: string, body: string, isOfRun = false): Asset {
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`, isOfRun }
}
