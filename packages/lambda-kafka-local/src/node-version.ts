/** Says at once what Node is needed: npm only warns, and an older one fails later, in words of its own. */
import { UsageError } from './errors.ts'

/** The same as `engines` in package.json; a test holds the two together. */
export const NEEDED = '^22.22.0 || >=24.6.0'

/** Throws where this Node is none of those. */
export function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isEnough = (major === 22 && minor >= 22) || (major === 24 && minor >= 6) || major > 24
  if (!isEnough) throw new UsageError(`lambda-kafka-local needs Node 22.22 or 24.6; this is Node ${version}.`)
}

checkNode(process.versions.node)
