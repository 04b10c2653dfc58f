import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { Connection } from '@platformatic/kafka'
import { securityOptions } from '../../../../packages/lambda-kafka-local/src/adapters/kafka-security.ts'
import { saslBroker } from '../../../support/sasl-broker.ts'

const REGION = 'eu-central-1'
const HOST = `kafka.${REGION}.amazonaws.com`
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI', AWS_SESSION_TOKEN: 'session' }

async function iamToken(): Promise<string> {
  const { sasl } = await securityOptions({ kind: 'msk-iam', region: REGION })
  const { token } = sasl ?? {}
  assert.ok(typeof token === 'function')
  return String(await token())
}

/** A token is a signed URL in base64url, without its padding (github.com/aws/aws-msk-iam-sasl-signer-js). */
const urlIn = (token: string): URL => new URL(Buffer.from(token, 'base64url').toString())

describe('MSK’s IAM', () => {
  before(() => Object.assign(process.env, KEYS))

  test('is a login by OAUTHBEARER, over TLS', async () => {
    const { tls, sasl } = await securityOptions({ kind: 'msk-iam', region: REGION })

    assert.deepEqual(tls, {})
    assert.equal(sasl?.mechanism, 'OAUTHBEARER')
  })

  test('has a token that is a signed request to connect, for the region’s host, of 15 minutes', async () => {
    const token = await iamToken()

    assert.match(token, /^[\w-]+$/)
    const { protocol, host, pathname, searchParams: said } = urlIn(token)
    assert.deepEqual([protocol, host, pathname], ['https:', HOST, '/'])
    assert.equal(said.get('Action'), 'kafka-cluster:Connect')
    assert.equal(said.get('X-Amz-Algorithm'), 'AWS4-HMAC-SHA256')
    assert.equal(said.get('X-Amz-Expires'), '900')
    assert.equal(said.get('X-Amz-SignedHeaders'), 'host')
    assert.equal(said.get('X-Amz-Security-Token'), KEYS.AWS_SESSION_TOKEN)
    const day = said.get('X-Amz-Date')?.slice(0, 8)
    assert.equal(said.get('X-Amz-Credential'), `${KEYS.AWS_ACCESS_KEY_ID}/${day}/${REGION}/kafka-cluster/aws4_request`)
  })

  test('has a token whose signature is that of AWS’s Signature Version 4', async () => {
    const { searchParams } = urlIn(await iamToken())

    assert.equal(searchParams.get('X-Amz-Signature'), signatureOf(searchParams))
  })

  test('logs in to a broker with such a token, whenever it connects', async (t) => {
    const broker = await saslBroker(t)
    const { sasl } = await securityOptions({ kind: 'msk-iam', region: REGION })
    assert.ok(sasl)

    for (const client of ['one', 'two']) {
      const connection = new Connection(client, { sasl })
      await connection.connect('127.0.0.1', broker.port)
      await connection.close()
    }

    assert.deepEqual(broker.mechanisms, ['OAUTHBEARER', 'OAUTHBEARER'])
    for (const login of broker.logins) {
      const [head, bearer = '', ...end] = login.toString().split('\u0001')
      assert.deepEqual([head, bearer.split(' ')[0], ...end], ['n,,', 'auth=Bearer', '', ''])
      assert.equal(urlIn(bearer.slice('auth=Bearer '.length)).host, HOST)
    }
    assert.equal(broker.logins.length, 2)
  })
})

/** By the steps of AWS's guide, "Create a signed AWS API request", written without its SDK. */
function signatureOf(said: URLSearchParams): string {
  const written = [...said]
    .filter(([name]) => name !== 'X-Amz-Signature' && name !== 'User-Agent')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
  const canonical = ['GET', '/', written, `host:${HOST}`, '', 'host', sha256('')].join('\n')
  const date = said.get('X-Amz-Date') ?? ''
  const scope = [date.slice(0, 8), REGION, 'kafka-cluster', 'aws4_request']
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n')
  const key = scope.reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${KEYS.AWS_SECRET_ACCESS_KEY}`)
  return hmac(key, toSign).toString('hex')
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
