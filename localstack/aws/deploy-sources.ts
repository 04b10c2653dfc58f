/** What the app of a deployment is made of: if none of it has changed, neither would the templates, or the functions' code. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** All that `infra/app.ts` and the bundles of its functions import, and the texts that they read. */
export const DEPLOY_FOLDERS = ['command', 'infra', 'lake', 'lambdas', 'queries']
/** The last one is npm's own account of what is installed. */
const DEPLOY_FILES = ['cdk.json', 'package.json', 'package-lock.json', 'node_modules/.package-lock.json']

/** A name that changes with any of the sources, or with the Node that runs them. */
export function hashOfSources(project: string): string {
  const hash = createHash('sha256').update(process.version)
  const names = DEPLOY_FOLDERS.flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  )
  for (const file of [...names.sort(), ...DEPLOY_FILES.map((name) => join(project, name))]) {
    const content = readFileSync(file)
    hash.update(`${file.slice(project.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex').slice(0, 24)
}

/** How many sets of bundles stay beside the newest: whoever goes back and forth between two branches has both. */
const OLDER_BUNDLES = 3

/** Where the bundles of these sources are kept; those of sources long changed are removed. */
export function bundlesOf(sources: string, install: string): string {
  const parent = join(install, 'bundles')
  const others = existsSync(parent) ? readdirSync(parent).filter((name) => name !== sources) : []
  const byAge = others.map((name) => join(parent, name)).toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const folder of byAge.slice(OLDER_BUNDLES)) rmSync(folder, { recursive: true, force: true })
  return join(parent, sources)
}
