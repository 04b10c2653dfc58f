/** What an older tickerlake has left: a file a month, replaced in place, and one mark of what is compacted in them. */
import { type CompactionMark, NO_MARK } from '../../lake/compaction/compaction-mark.ts'
import type { FileContents } from '../../lake/compaction/compaction-plan.ts'
import { readMark } from '../../lake/compaction/table-mark.ts'
import { LAYOUT } from '../../lake/layout.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { BARS } from '../../lake/tables/tables.ts'

const OLD_FILE = new RegExp(`^${BARS.prefix}/${BARS.partitionKey.name}=(\\d{4}-\\d{2})/bars\\.parquet$`)
/** A row takes some 20 bytes. More rows are guessed than there are: the guess only cuts tasks. */
const BYTES_A_ROW = 15

/**
 * The old files are merged into the first snapshot like new ones, all of them at once, and the mark goes on with them: they
 * hold what it says. They stay where they are, read by nobody.
 */
export async function oldBars(
  store: ObjectStore,
): Promise<{ readonly mark: CompactionMark; readonly months: readonly Pick<FileContents, 'key' | 'rowsByMonth'>[] }> {
  const months: Pick<FileContents, 'key' | 'rowsByMonth'>[] = []
  for await (const { key, size } of store.list(`${BARS.prefix}/${BARS.partitionKey.name}=`)) {
    const month = OLD_FILE.exec(key)?.[1]
    if (month) months.push({ key, rowsByMonth: { [month]: Math.ceil(size / BYTES_A_ROW) } })
  }
  const mark = months.length > 0 ? await readMark(LAYOUT.oldCompactionMark, store) : undefined
  return { mark: mark ?? NO_MARK, months }
}
