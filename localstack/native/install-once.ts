import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** How the name of a folder begins while it is being built. */
export const HALF_BUILT = '.building-'

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
  mkdirSync(parent, { recursive: true })
  const building = mkdtempSync(join(parent, HALF_BUILT))
  try {
    await build(building)
    renameSync(building, place)
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
  return place
}

/** Twelve hex digits tell lock files apart. */
function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
}
