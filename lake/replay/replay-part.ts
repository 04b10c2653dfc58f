/**
 * A past of many files is replayed in parts, each in the order of time: a window over all of them would decode a little of
 * every file, so the whole would cost (files × windows).
 */

/** The files of one part: those behind `after`, up to and with `upTo`, by their keys. */
export interface ReplayPart {
  /** Null: from the first. */
  readonly after: string | null
  /** Null: to the last. */
  readonly upTo: string | null
}

/** What a part comes to at most; a larger file is one by itself. Some 250 files of ten years of days, five windows. */
const PART_BYTES = 16 * 1024 * 1024

interface SizedFile {
  readonly key: string
  readonly size: number
}

/** The part that begins behind a file, of at most so many bytes. */
export function partBehind(after: string | null, files: readonly SizedFile[], most = PART_BYTES): ReplayPart {
  const behind = files.filter(({ key }) => after === null || key > after).toSorted((a, b) => (a.key < b.key ? -1 : 1))
  let bytes = 0
  const beyond = behind.findIndex(({ size }, i) => {
    bytes += size
    return i > 0 && bytes > most
  })
  return { after, upTo: behind[beyond - 1]?.key ?? null }
}

/** Where a file lies: in parts that were replayed before, in this one, or in one that is to come. */
export function placeInParts({ after, upTo }: ReplayPart, file: string): 'before' | 'here' | 'behind' {
  if (after !== null && file <= after) return 'before'
  return upTo !== null && file > upTo ? 'behind' : 'here'
}
