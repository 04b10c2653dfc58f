/** What landing a batch came to, in numbers. */
export interface Landed {
  /** Records in files now that were not before. */
  readonly records: number
  readonly bars: number
  /** By reject code. */
  readonly rejected: Readonly<Record<string, number>>
  readonly duplicates: number
  /** Offsets skipped by the batch: written down as gaps. */
  readonly holes: number
  /** Offsets of gaps that came after all. */
  readonly filled: number
  /** Offsets of gaps that had to be forgotten because there are too many. */
  readonly givenUp: number
  readonly files: number
  readonly bytes: number
}

export const NOTHING_LANDED: Landed = {
  records: 0,
  bars: 0,
  rejected: {},
  duplicates: 0,
  holes: 0,
  filled: 0,
  givenUp: 0,
  files: 0,
  bytes: 0,
}

export function sum(a: Landed, b: Landed): Landed {
  return {
    records: a.records + b.records,
    bars: a.bars + b.bars,
    rejected: sumByKey(a.rejected, b.rejected),
    duplicates: a.duplicates + b.duplicates,
    holes: a.holes + b.holes,
    filled: a.filled + b.filled,
    givenUp: a.givenUp + b.givenUp,
    files: a.files + b.files,
    bytes: a.bytes + b.bytes,
  }
}

export function countRejected({ rejected }: Landed): number {
  return Object.values(rejected).reduce((total, count) => total + count, 0)
}

function sumByKey(a: Landed['rejected'], b: Landed['rejected']): Landed['rejected'] {
  const total: Record<string, number> = { ...a }
  for (const [code, count] of Object.entries(b)) total[code] = (total[code] ?? 0) + count
  return total
}
