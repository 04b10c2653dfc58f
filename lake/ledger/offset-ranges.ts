/** Sets of offsets as ranges: ascending, apart from each other, both ends within. */

export type OffsetRange = readonly [first: number, last: number]
export type OffsetRanges = readonly OffsetRange[]

/** The ranges that offsets in ascending order make. */
export function rangesOf(offsets: Iterable<number>): OffsetRange[] {
  const ranges: OffsetRange[] = []
  for (const offset of offsets) append(ranges, [offset, offset])
  return ranges
}

export function union(a: OffsetRanges, b: OffsetRanges): OffsetRange[] {
  const ranges: OffsetRange[] = []
  for (const range of [...a, ...b].sort(([x], [y]) => x - y)) append(ranges, range)
  return ranges
}

/** What is in `a` and not in `b`. */
export function subtract(a: OffsetRanges, b: OffsetRanges): OffsetRange[] {
  const left: OffsetRange[] = []
  let at = 0
  for (const [first, last] of a) {
    let from = first
    while (at < b.length && endOf(b, at) < from) at++
    for (let i = at; i < b.length && startOf(b, i) <= last; i++) {
      if (startOf(b, i) > from) left.push([from, startOf(b, i) - 1])
      from = Math.max(from, endOf(b, i) + 1)
    }
    if (from <= last) left.push([from, last])
  }
  return left
}

export function includes(ranges: OffsetRanges, offset: number): boolean {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (endOf(ranges, middle) < offset) low = middle + 1
    else high = middle
  }
  return low < ranges.length && startOf(ranges, low) <= offset
}

/** How many offsets there are in all ranges. */
export function countOffsets(ranges: OffsetRanges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)
}

/** The last offset of all, or undefined of none. */
export function lastOffset(ranges: OffsetRanges): number | undefined {
  return ranges.at(-1)?.[1]
}

function append(ranges: OffsetRange[], [first, last]: OffsetRange): void {
  const before = ranges.at(-1)
  if (!before || first > before[1] + 1) ranges.push([first, last])
  else if (last > before[1]) ranges[ranges.length - 1] = [before[0], last]
}

const startOf = (ranges: OffsetRanges, i: number): number => ranges[i]?.[0] ?? Number.POSITIVE_INFINITY
const endOf = (ranges: OffsetRanges, i: number): number => ranges[i]?.[1] ?? Number.POSITIVE_INFINITY
