import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../../lake/errors.ts'
import { EngineError } from '../engine/engine-error.ts'

export interface LockedJar {
  /** `group:artifact:version` */
  readonly artifact: string
  readonly sha256: string
}

/** Where jars come from: the mirror of the user's Maven settings, else Maven Central; and Maven's own cache. */
export interface MavenSource {
  readonly cache: string
  readonly mirror: string | undefined
}

const TRIES = 3

export function mavenSource(home: string = homedir()): MavenSource {
  const settings = join(home, '.m2', 'settings.xml')
  return {
    cache: join(home, '.m2', 'repository'),
    mirror: existsSync(settings) ? mirrorOfCentral(readFileSync(settings, 'utf8')) : undefined,
  }
}

/** The URL of the first mirror that stands for Central, as Maven itself would choose it. */
export function mirrorOfCentral(settings: string): string | undefined {
  const uncommented = settings.replace(/<!--[\s\S]*?-->/g, '')
  const mirrors = [...uncommented.matchAll(/<mirror>([\s\S]*?)<\/mirror>/g)].map(([, body = '']) => body)
  const chosen = mirrors.find((body) => standsForCentral(tag(body, 'mirrorOf') ?? ''))
  return chosen && tag(chosen, 'url')?.replace(/\/*$/, '/')
}

function standsForCentral(mirrorOf: string): boolean {
  const names = mirrorOf.split(',').map((name) => name.trim())
  return !names.includes('!central') && names.some((name) => ['*', 'central', 'external:*'].includes(name))
}

function tag(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>\\s*(.*?)\\s*</${name}>`).exec(xml)?.[1]
}

/** Puts one jar into the folder and makes sure that it is the locked one. */
export async function fetchJar(jar: LockedJar, folder: string, source: MavenSource): Promise<void> {
  const [group = '', name = '', version = ''] = jar.artifact.split(':')
  const file = join(folder, `${name}-${version}.jar`)
  const cached = join(source.cache, ...group.split('.'), name, version, `${name}-${version}.jar`)
  if (existsSync(cached)) copyFileSync(cached, file)
  if (existsSync(file) && sha256Of(file) === jar.sha256) return
  await download(jar.artifact, folder, source)
  const got = sha256Of(file)
  if (got === jar.sha256) return
  rmSync(file)
  throw new EngineError(
    `${jar.artifact} came with the SHA-256 ${got}, wanted ${jar.sha256}. ` +
      'Something between here and the Maven repository changes files; check the mirror or proxy and run again.',
  )
}

/** Puts an artifact into the folder; gives its file. */
export async function download(artifact: string, folder: string, { mirror }: MavenSource): Promise<string> {
  const { default: maven } = await import('mvn-artifact-download')
  for (let attempt = 1; ; attempt++) {
    try {
      return await maven.default(artifact, folder, mirror)
    } catch (cause) {
      if (attempt < TRIES) continue
      const why = messageOf(cause)
      throw new EngineError(
        `Could not download ${artifact}: ${why}. Check the network; a proxy is taken from HTTPS_PROXY, ` +
          'a mirror from ~/.m2/settings.xml.',
        { cause },
      )
    }
  }
}

function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
