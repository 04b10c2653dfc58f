/** A whole compaction in one process, as the state machine runs it in several. */
import { type CommitDeps, commit } from './commit.ts'
import type { CompactDeps, CompactReport } from './compact.ts'
import { PLAN_DEFAULTS, type PlanDeps, type PlanOptions, plan } from './plan.ts'
import { runTask } from './task.ts'

export interface RunReport extends CompactReport {
  /** Landing files that were read. */
  readonly files: number
  /** Rows of bars in them. */
  readonly rows: number
}

export type RunDeps = PlanDeps & CompactDeps & CommitDeps

/** Compacts all that has landed; returns when a plan finds nothing more. */
export async function runCompaction(deps: RunDeps, options: PlanOptions = PLAN_DEFAULTS): Promise<RunReport> {
  let report: RunReport = { files: 0, rows: 0, months: 0, added: 0, replaced: 0 }
  for (let more = true; more; ) {
    const planned = await plan(deps, options)
    report = { ...report, files: report.files + planned.files, rows: report.rows + planned.rows }
    let state = { ...planned, races: 0 }
    do {
      for (const item of state.tasks) report = plus(report, await runTask(item, deps))
      state = { ...state, ...(await commit(state, deps)) }
    } while (state.tasks.length > 0)
    more = state.more
  }
  return report
}

function plus(report: RunReport, { months, added, replaced }: CompactReport): RunReport {
  return {
    ...report,
    months: report.months + months,
    added: report.added + added,
    replaced: report.replaced + replaced,
  }
}
