import { UsageError } from '../errors.ts'

/** Loads packages that only some mappings need (one name, or several and spaces); one sentence where they are not installed. */
export async function optionalPeer<T>(name: string, purpose: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    if (!isMissing(cause, name)) throw cause
    throw new UsageError(`${purpose} needs ${name}, which is not installed: npm install ${name}`, { cause })
  }
}

function isMissing(cause: unknown, name: string): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    cause.code === 'ERR_MODULE_NOT_FOUND' &&
    name.split(' ').some((one) => cause.message.includes(one))
  )
}
