/** What the merge of a month takes: every run writes the month again, as far as all of its symbols have new bars. */
import { COMPACTOR_MEMORY_MB } from '../constructs/compactor-memory.ts'

/** CPU time of a row of the month that is merged; measured (test/bench/measured.json), rounded up. */
export const MERGE_SECONDS = 5e-6
/** A function has a vCPU for each so many MB. */
const MB_A_CPU = 1769

/** How long a task takes for a month of so many rows. */
export function mergeSeconds(rows: number): number {
  return (rows * MERGE_SECONDS * MB_A_CPU) / COMPACTOR_MEMORY_MB
}

/** The same in what Lambda bills. */
export function mergeGbSeconds(rows: number): number {
  return (mergeSeconds(rows) * COMPACTOR_MEMORY_MB) / 1024
}
