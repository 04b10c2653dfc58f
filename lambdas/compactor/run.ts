/** A whole compaction in one process, as the state machine runs it in several. */
import { commit } from './commit.ts'
import type { CompactReport } from './compact.ts'
import { PLAN_DEFAULTS, type PlanDeps, type PlanOptions, plan } from './plan.ts'
import { runTask } from './task.ts'

export interface RunReport extends CompactReport {
  /** Landing files that were read. */
  readonly files: number
  /** Rows of bars in them. */
  readonly rows: number
}

/** Compacts all that has landed; returns when a plan finds nothing more. */
export async function runCompaction(deps: PlanDeps, options: PlanOptions = PLAN_DEFAULTS): Promise<RunReport> {
  let report: RunReport = { files: 0, rows: 0, months: 0, added: 0, replaced: 0 }
  for (let more = true; more; ) {
    const planned = await plan(deps, options)
    report = { ...report, files: report.files + planned.files, rows: report.rows + planned.rows }
    for (const item of planned.tasks) {
      const { months, added, replaced } = await runTask(item, deps)
      report = {
        ...report,
        months: report.months + months,
        added: report.added + added,
        replaced: report.replaced + replaced,
      }
    }
    await commit(planned.plan, deps)
    more = planned.more
  }
  return report
}
