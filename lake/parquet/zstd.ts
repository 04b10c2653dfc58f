/** Pages are packed by Node's own zstd. */
import { constants, zstdCompressSync } from 'node:zlib'

/** How hard zstd tries: its parameters by their numbers. */
export type Effort = Readonly<Record<number, number>>

/**
 * A page of prices in two thirds of level 3's time, within a hundredth of its bytes: a larger table than level 1 has, and no
 * look for what is shorter than the six bytes that prices near each other have in common.
 */
export const QUICK: Effort = {
  [constants.ZSTD_c_compressionLevel]: 1,
  [constants.ZSTD_c_hashLog]: 16,
  [constants.ZSTD_c_minMatch]: 6,
}

/** For what is read many times: beyond level 3 time grows and bytes hardly shrink. */
export const THOROUGH: Effort = { [constants.ZSTD_c_compressionLevel]: 3 }

/** To be copied at once: what zlib gives keeps alive all of the room that it was given, as much as there was to compress. */
export function zstd(bytes: Uint8Array, params: Effort): Buffer {
  const chunkSize = Math.max(64, bytes.length + (bytes.length >> 7) + 64)
  return zstdCompressSync(bytes, { chunkSize, params })
}
