import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../command/folder.ts'
import { identify } from '../process/identity.ts'

/** How the name of a folder begins while it is being built; the pid of who builds it follows. */
const HALF_BUILT = '.building-'
const BUILDER = /^\.building-(\d+)-/

/**
 * A folder that is whole or not there: built beside its place and moved into it with one rename. Its name carries a
 * hash of what it was built from, so that a changed lock file makes a new folder and never half of one.
 */
export async function installOnce(
  parent: string,
  { name, madeOf }: { readonly name: string; readonly madeOf: readonly string[] },
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const place = join(parent, `${name}-${hashOf(madeOf)}`)
  if (existsSync(place)) return place
  makeFolder(parent)
  const building = mkdtempSync(join(parent, `${HALF_BUILT}${process.pid}-`))
  try {
    await build(building)
    putInPlace(building, place)
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
  return place
}

function putInPlace(building: string, place: string): void {
  try {
    renameSync(building, place)
  } catch (error) {
    // Another process has built the same meanwhile.
    if (!existsSync(place)) throw error
  }
}

/** Removes what those have left half built that have ended. */
export function sweepHalfBuilt(parent: string): void {
  for (const name of readdirSync(parent).filter((each) => each.startsWith(HALF_BUILT))) {
    const builder = BUILDER.exec(name)?.[1]
    if (builder === undefined || !identify(Number(builder)))
      rmSync(join(parent, name), { recursive: true, force: true })
  }
}

/** Twelve hex digits tell lock files apart. */
function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
}
