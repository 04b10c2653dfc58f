/** Who may ask the dashboard: its own page, and whoever types its address. Everything else is refused before it is read. */

export interface Door {
  /** `127.0.0.1:4580` and `localhost:4580`: any other Host is a name that was bent to this machine (DNS rebinding). */
  readonly hosts: readonly string[]
  /** Of this run; the page has it, another site cannot read it. */
  readonly token: string
}

const TOKEN_HEADER = 'x-tickerlake-token'

/** The refusal of a request, or undefined where it may come in. */
export function refusalOf(request: Request, door: Door): Response | undefined {
  const host = request.headers.get('host') ?? ''
  if (!door.hosts.includes(host))
    return refused(421, `This dashboard is ${door.hosts[0]}; it does not answer as "${host}".`)
  const origin = request.headers.get('origin')
  if (origin !== null && !door.hosts.some((own) => origin === `http://${own}`))
    return refused(403, `The page at ${origin} may not ask this dashboard.`)
  if (comesFromElsewhere(request)) return refused(403, 'Another site may link here, but it may not ask this dashboard.')
  return request.method === 'POST' ? postRefusal(request, door) : methodRefusal(request)
}

/** Browsers say where a request comes from; another port of this machine counts as `same-site`. */
function comesFromElsewhere({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site')
  if (site === null || site === 'same-origin' || site === 'none') return false
  const isLink = headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  return !(isLink && !new URL(url).pathname.startsWith('/api/'))
}

function postRefusal({ headers }: Request, { token }: Door): Response | undefined {
  if (headers.get('content-type')?.split(';')[0]?.trim() !== 'application/json')
    return refused(415, 'A POST is application/json here.')
  if (headers.get(TOKEN_HEADER) !== token)
    return refused(403, 'The dashboard has been started again since this page was loaded; load it again.')
  return undefined
}

function methodRefusal({ method }: Request): Response | undefined {
  return method === 'GET' || method === 'HEAD' ? undefined : refused(405, `${method} is not answered here.`)
}

function refused(status: number, error: string): Response {
  return Response.json({ error }, { status, headers: SAFE_HEADERS })
}

/** Nothing inline, nothing from elsewhere, no frame around it, no text that becomes markup. */
export const SAFE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const
