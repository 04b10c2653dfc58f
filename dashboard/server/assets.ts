/** The page's files: its script bundled from TypeScript when the dashboard starts, its style and its one HTML. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

export interface Asset {
  readonly type: string
  readonly body: string
  readonly etag: string
  /** Whether the run's token is written into it, so that no cache may keep it. */
  readonly carriesToken: boolean
}

const PAGE = join(import.meta.dirname, '../page')

/** Every file of the page by its path. Nothing is written to disk. */
export async function pageAssets(): Promise<ReadonlyMap<string, Asset>> {
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
    ['/index.html', asset('text/html; charset=utf-8', readFileSync(join(PAGE, 'index.html'), 'utf8'), true)],
    ['/main.js', asset('text/javascript; charset=utf-8', text('main.js'))],
    ['/style.css', asset('text/css; charset=utf-8', text('style.css'))],
    ['/icon.svg', asset('image/svg+xml', readFileSync(join(PAGE, 'icon.svg'), 'utf8'))],
  ])
}

function asset(type: string, body: string, carriesToken = false): Asset {
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`, carriesToken }
}
