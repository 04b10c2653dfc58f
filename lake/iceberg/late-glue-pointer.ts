import type { BarsInGlue } from './glue-pointer.ts'
import type { Pointer } from './pointer.ts'

/**
 * Where the catalog has `bars`, for commands: Glue's client takes longer to load than many of them run. Not for functions,
 * whose bundles would hold all of the client for being loaded late.
 */
export function lateBarsInGlue(glue: BarsInGlue): Pointer {
  let opening: Promise<Pointer> | undefined
  const opened = (): Promise<Pointer> => {
    opening ??= import('./glue-pointer.ts').then(({ barsInGlue }) => barsInGlue(glue))
    return opening
  }
  return {
    load: async () => (await opened()).load(),
    create: async (metadataFile, metadata) => (await opened()).create(metadataFile, metadata),
    move: async (from, to, metadata) => (await opened()).move(from, to, metadata),
  }
}
