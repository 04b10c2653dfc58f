/** The dashboard as one function from a request to an answer, whoever carries the bytes. */
import { TickerlakeError, UsageError } from '../../lake/errors.ts'
import { SqlError } from '../../lake/queries/athena-sql/sql-error.ts'
import { PAGE_NAMES } from '../api.ts'
import type { Asset } from './assets.ts'
import { type Door, refusalOf, SAFE_HEADERS } from './refusal.ts'

/** What a route gives: data with the version that it is of, or an answer of its own. */
export type Answer = { readonly data: unknown; readonly version?: string } | Response

export type Route = (request: Request, url: URL) => Promise<Answer>

export interface HandlerProps {
  readonly door: Door
  /** By path, `/main.js`. */
  readonly assets: ReadonlyMap<string, Asset>
  /** By method and path, `GET /api/bars`. */
  readonly routes: Readonly<Record<string, Route>>
  /** Is told what no sentence was prepared for. */
  readonly onDefect: (error: unknown) => void
}

export type Handler = (request: Request) => Promise<Response>

export function dashboardHandler(props: HandlerProps): Handler {
  return async (request) => {
    const refused = refusalOf(request, props.door)
    if (refused) return refused
    const response = await answerTo(request, props)
    for (const [name, value] of Object.entries(SAFE_HEADERS)) response.headers.set(name, value)
    return response
  }
}

async function answerTo(request: Request, props: HandlerProps): Promise<Response> {
  const url = new URL(request.url)
  const route = props.routes[`${request.method === 'HEAD' ? 'GET' : request.method} ${url.pathname}`]
  if (route) return routed(route, request, props)
  const isPage = url.pathname === '/' || PAGE_NAMES.some((name) => url.pathname === `/${name}`)
  const asset = props.assets.get(isPage ? '/index.html' : url.pathname)
  return asset ? assetResponse(asset, request) : nothingAt(url.pathname, request, props)
}

/** A program is told so as it is told anything; a person gets the page, which says it and leads on. */
function nothingAt(path: string, request: Request, { assets }: HandlerProps): Response {
  const page = assets.get('/index.html')
  if (!page || request.method === 'POST' || `${path}/`.startsWith('/api/'))
    return said(404, `There is nothing at ${path}.`)
  const { body, headers } = assetResponse(page, request)
  return new Response(body, { status: 404, headers })
}

async function routed(route: Route, request: Request, { onDefect }: HandlerProps): Promise<Response> {
  try {
    const answer = await route(request, new URL(request.url))
    return answer instanceof Response ? answer : dataResponse(answer, request)
  } catch (error) {
    if (error instanceof UsageError || error instanceof SqlError) return said(400, error.message)
    if (error instanceof TickerlakeError) return said(502, error.message)
    onDefect(error)
    return said(500, 'The dashboard has failed at this; what it says of it stands where it was started.')
  }
}

/** Data of a version is asked for again and again; only a new version is sent again. */
function dataResponse({ data, version }: { readonly data: unknown; readonly version?: string }, request: Request) {
  if (version === undefined) return Response.json(data, { headers: { 'cache-control': 'no-store' } })
  const headers = { etag: `"${version}"`, 'cache-control': 'private, no-cache' }
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
  return Response.json(data, { headers })
}

function assetResponse({ type, body, etag, isOfRun }: Asset, request: Request): Response {
  if (isOfRun) return new Response(body, { headers: { 'content-type': type, 'cache-control': 'no-store' } })
  const headers = { etag, 'cache-control': 'private, no-cache' }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { ...headers, 'content-type': type } })
}

function said(status: number, error: string): Response {
  return Response.json({ error }, { status, headers: { 'cache-control': 'no-store' } })
}
