/** The proxy of the environment. Node's own `--use-env-proxy` ends the process where one has no scheme, as curl and pip take it. */
import { setGlobalProxyFromEnv } from 'node:http'
import type { Environment } from '../lake/environment.ts'
import { UsageError } from '../lake/errors.ts'

const NAMES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'] as const
/** What this machine itself answers goes past every proxy. */
const THIS_MACHINE = 'localhost,127.0.0.1,[::1]'

/** From now on requests of this process go through it. */
export function useProxyOf(env: Environment): void {
  const proxies = NAMES.flatMap((name) => (env[name] ? [[name, addressOf(name, env[name])]] : []))
  if (proxies.length === 0) return
  const none = env['no_proxy'] ?? env['NO_PROXY']
  setGlobalProxyFromEnv({ ...Object.fromEntries(proxies), no_proxy: none ? `${none},${THIS_MACHINE}` : THIS_MACHINE })
}

function addressOf(name: string, text: string): string {
  const address = text.includes('://') ? text : `http://${text}`
  if (/^https?:/i.test(address) && URL.canParse(address)) return address
  throw new UsageError(`${name} takes a proxy like http://proxy.example:3128; got "${text}".`)
}
