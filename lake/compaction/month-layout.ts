/** How a month file is cut into row groups, so that a query for one symbol reads little of it. */

/**
 * Whoever reads one symbol reads the footer, which grows with the number of groups, and one group, which shrinks with it. Bytes of
 * footer a group over bytes a row are about 30 (docs/decisions/0081): the sum is least at sqrt(30 × rows) rows a group, and
 * flat around it. Half of that costs a few percent more, and lets small months prune as well.
 */
const ROWS_FACTOR = 16
const FEWEST_ROWS = 80
/** The most rows a group may have: what a reader or our own writer holds in memory at once. */
export const MOST_GROUP_ROWS = 65_536

/** The rows after which a row group ends at the next change of symbol. */
export function groupRowsFor(rows: number): number {
  return Math.min(MOST_GROUP_ROWS / 2, Math.max(FEWEST_ROWS, Math.ceil(Math.sqrt(ROWS_FACTOR * rows))))
}

/** The rows of a file: some 70 MB. A month of more is several files by ranges of symbols, and only those that change are written again. */
export const MOST_FILE_ROWS = 4_000_000
