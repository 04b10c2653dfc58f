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
    while (at < b.length && lastIn(b, at) < from) at++
    for (let i = at; i < b.length && firstIn(b, i) <= last; i++) {
      if (firstIn(b, i) > from) left.push([from, firstIn(b, i) - 1])
      from = Math.max(from, lastIn(b, i) + 1)
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
    if (lastIn(ranges, middle) < offset) low = middle + 1
    else high = middle
  }
  return low < ranges.length && firstIn(ranges, low) <= offset
}

/** How many offsets there are in all ranges. */
export function countOffsets(ranges: OffsetRanges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)
}

/** The offset behind the last one; 0 of none. */
export function endOf(ranges: OffsetRanges): number {
  return (lastOffset(ranges) ?? -1) + 1
}

/** The offsets below `end` that are in none of the ranges. */
export function offsetsBelow(end: number, ranges: OffsetRanges): OffsetRange[] {
  return end > 0 ? subtract([[0, end - 1]], ranges) : []
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

const firstIn = (ranges: OffsetRanges, i: number): number => ranges[i]?.[0] ?? Number.POSITIVE_INFINITY
const lastIn = (ranges: OffsetRanges, i: number): number => ranges[i]?.[1] ?? Number.POSITIVE_INFINITY
