/** A broker that wants to know who calls: TLS with certificates of its own making, SASL/PLAIN and SCRAM over it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Admin } from '@platformatic/kafka'
import { localPaths } from '../../localstack/engine/paths.ts'
import { installNative } from '../../localstack/native/install.ts'
import { installDeps } from './install-deps.ts'

const run = promisify(execFile)
const JVM = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
const STARTS_WITHIN_MS = 180_000

export interface SecuredBroker {
  /** Without any security, for the test's own producer. */
  readonly plaintext: string
  /** TLS that asks its client for a certificate. */
  readonly tls: string
  /** TLS, then SASL by PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512. */
  readonly sasl: string
  readonly username: string
  readonly password: string
  /** Files: the authority, and a client's certificate and key. */
  readonly pems: { readonly ca: string; readonly cert: string; readonly key: string }
  stop(): Promise<void>
}

/** Starts it on four ports from `port` on, with the programs that the shared engine has installed. */
export async function securedBroker(port: number): Promise<SecuredBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-secured-'))
  const pems = await makeCertificates(folder)
  const secret = { username: 'alice', password: 'alice-secret' }
  const programs = await installNative(localPaths().install, installDeps(folder))
  const java = (...args: readonly string[]): [string, string[]] => {
    return [programs.java, [...JVM, '-cp', join(programs.kafkaJars, '*'), ...args]]
  }
  const properties = join(folder, 'server.properties')
  writeFileSync(properties, serverProperties(folder, port, secret))
  const scram = [256, 512].flatMap((bits) => [
    '--add-scram',
    `SCRAM-SHA-${bits}=[name=${secret.username},password=${secret.password}]`,
  ])
  await run(
    ...java(
      'kafka.tools.StorageTool',
      'format',
      '--standalone',
      '-t',
      'dGlja2VybGFrZWxvY2FsMw',
      '-c',
      properties,
      ...scram,
    ),
  )
  const broker = spawn(...java('kafka.Kafka', properties), { stdio: 'ignore' })
  const at = (offset: number): string => `127.0.0.1:${port + offset}`
  const stop = async (): Promise<void> => {
    await end(broker)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answers(at(0), broker)
  } catch (error) {
    await stop()
    throw error
  }
  return { plaintext: at(0), tls: at(1), sasl: at(2), ...secret, pems, stop }
}

/** An authority, and of it a certificate for 127.0.0.1 and one for a client. */
async function makeCertificates(folder: string): Promise<SecuredBroker['pems']> {
  const file = (name: string): string => join(folder, name)
  const openssl = (...args: readonly string[]) => run('openssl', args, { cwd: folder })
  const request = (name: string) => [
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-subj',
    `/CN=${name}`,
  ]
  await openssl(...request('authority'), '-x509', '-days', '2', '-out', 'authority.pem')
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1')
  for (const name of ['broker', 'client']) {
    await openssl(...request(name), '-out', `${name}.csr`)
    const signed = [
      '-CA',
      'authority.pem',
      '-CAkey',
      'authority.key',
      '-CAcreateserial',
      '-days',
      '2',
      '-extfile',
      'names',
    ]
    await openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.pem`)
  }
  // Kafka reads a key and its certificates out of one file.
  writeFileSync(
    file('broker-all.pem'),
    readFileSync(file('broker.key'), 'utf8') + readFileSync(file('broker.pem'), 'utf8'),
  )
  return { ca: file('authority.pem'), cert: file('client.pem'), key: file('client.key') }
}

function serverProperties(
  folder: string,
  port: number,
  { username, password }: { username: string; password: string },
): string {
  const listeners = (without: string) =>
    ['PLAINTEXT', 'SSL', 'SASL_SSL', 'CONTROLLER']
      .map((name, i) => `${name}://127.0.0.1:${port + i}`)
      .filter((one) => without === '' || !one.startsWith(without))
      .join()
  const login = 'org.apache.kafka.common.security'
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.bootstrap.servers=127.0.0.1:${port + 3}`,
    `listeners=${listeners('')}`,
    `advertised.listeners=${listeners('CONTROLLER')}`,
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL',
    `log.dirs=${join(folder, 'data')}`,
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    'ssl.keystore.type=PEM',
    `ssl.keystore.location=${join(folder, 'broker-all.pem')}`,
    'ssl.truststore.type=PEM',
    `ssl.truststore.location=${join(folder, 'authority.pem')}`,
    'listener.name.ssl.ssl.client.auth=required',
    'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    `listener.name.sasl_ssl.plain.sasl.jaas.config=${login}.plain.PlainLoginModule required user_${username}="${password}";`,
    ...[256, 512].map(
      (bits) => `listener.name.sasl_ssl.scram-sha-${bits}.sasl.jaas.config=${login}.scram.ScramLoginModule required;`,
    ),
    '',
  ].join('\n')
}

async function answers(broker: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + STARTS_WITHIN_MS
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The broker ended with ${child.exitCode}.`)
    const admin = new Admin({ clientId: 'waiting', bootstrapBrokers: [broker], retries: 0 })
    try {
      await admin.listTopics()
      return
    } catch (error) {
      if (Date.now() > end) throw error
      await delay(500)
    } finally {
      await admin.close().catch(() => undefined)
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}
