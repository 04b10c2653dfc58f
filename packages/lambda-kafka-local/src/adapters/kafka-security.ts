/** How the brokers are reached. */
import { readFile } from 'node:fs/promises'
import type { ConnectionOptions } from '@platformatic/kafka'
import { optionalPeer } from './optional-peer.ts'

/** PEM texts or files of them; none is Node's own list of authorities. */
export interface TlsFiles {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

export type Security =
  | { readonly kind: 'plaintext' }
  | ({ readonly kind: 'tls' } & TlsFiles)
  /** SASL with a name and a password, over TLS unless it is said that there is none. */
  | ({
      readonly kind: 'plain' | 'scram-256' | 'scram-512'
      readonly username: string
      readonly password: string
      /** @default true */
      readonly tls?: boolean
    } & TlsFiles)
  /** MSK's IAM, with the credentials that the AWS SDK finds. */
  | { readonly kind: 'msk-iam'; readonly region: string }

export const PLAINTEXT: Security = { kind: 'plaintext' }

const MECHANISMS = { plain: 'PLAIN', 'scram-256': 'SCRAM-SHA-256', 'scram-512': 'SCRAM-SHA-512' } as const

export async function securityOptions(security: Security): Promise<Pick<ConnectionOptions, 'tls' | 'sasl'>> {
  switch (security.kind) {
    case 'plaintext':
      return {}
    case 'tls':
      return { tls: await pemsOf(security) }
    case 'msk-iam':
      return { tls: {}, sasl: { mechanism: 'OAUTHBEARER', token: await iamToken(security.region) } }
    default: {
      const { kind, username, password, tls = true } = security
      const sasl = { mechanism: MECHANISMS[kind], username, password }
      return tls ? { tls: await pemsOf(security), sasl } : { sasl }
    }
  }
}

async function iamToken(region: string): Promise<() => Promise<string>> {
  const load = () => import('aws-msk-iam-sasl-signer-js')
  const { generateAuthToken } = await optionalPeer('aws-msk-iam-sasl-signer-js', 'MSK’s IAM', load)
  return async () => (await generateAuthToken({ region })).token
}

async function pemsOf({ ca, cert, key }: TlsFiles): Promise<TlsFiles> {
  const given = Object.entries({ ca, cert, key }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(await Promise.all(given.map(async ([name, pem]) => [name, await pemOf(pem)])))
}

function pemOf(pem: string): string | Promise<string> {
  return pem.includes('-----BEGIN') ? pem : readFile(pem, 'utf8')
}
