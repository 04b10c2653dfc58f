/** What the merge of a month takes: every run writes the month again, as far as all of its symbols have new bars. */
import type { Stage } from '../stage.ts'

/** CPU time of a row of the month that is merged; measured (test/bench/measured.json), rounded up. */
export const MERGE_SECONDS = 5e-6
/** A function has a vCPU for each so many MB. */
const MB_A_CPU = 1769

/** How long a task takes for a month of so many rows. */
export function mergeSeconds(rows: number, { compactorMemoryMb }: Pick<Stage, 'compactorMemoryMb'>): number {
  return (rows * MERGE_SECONDS * MB_A_CPU) / compactorMemoryMb
}

/** The same in what Lambda bills. */
export function mergeGbSeconds(rows: number, stage: Pick<Stage, 'compactorMemoryMb'>): number {
  return (mergeSeconds(rows, stage) * stage.compactorMemoryMb) / 1024
}
