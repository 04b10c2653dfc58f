/** How a month file is cut into row groups, so that a query for one symbol reads little of it. */

/**
 * Bytes of footer that a row group costs, over the bytes of a row (measured: 725 over 26 on daily bars, more where
 * symbols repeat; docs/decisions/0081). Whoever reads one symbol reads the footer, which grows with the number of groups,
 * and one group, which shrinks with it: the sum is least at sqrt(ratio × rows) rows a group.
 */
const FOOTER_PER_ROW_BYTES = 30
const FEWEST_ROWS = 128
/** The most rows a group may have: what a reader or our own writer holds in memory at once. */
export const MOST_GROUP_ROWS = 65_536

/** The rows after which a row group ends at the next change of symbol. */
export function groupRowsFor(rows: number): number {
  return Math.min(MOST_GROUP_ROWS / 2, Math.max(FEWEST_ROWS, Math.ceil(Math.sqrt(FOOTER_PER_ROW_BYTES * rows))))
}
