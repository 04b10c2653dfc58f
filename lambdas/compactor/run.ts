/** A whole compaction in one process, as the state machine runs it in several. */
import { TickerlakeError } from '../../lake/errors.ts'
import { type CommitDeps, commit, type RunState } from './commit.ts'
import type { CompactDeps, CompactReport } from './compact.ts'
import { PLAN_DEFAULTS, type PlanDeps, type PlannedRun, type PlanOptions, plan } from './plan.ts'
import type { PlanRequest } from './plan-request.ts'
import { runTask } from './task.ts'

export interface RunReport extends CompactReport {
  /** Landing files that were read. */
  readonly files: number
  /** Rows of bars in them. */
  readonly rows: number
}

export type RunDeps = PlanDeps & CompactDeps & CommitDeps

/** Compacts all that has landed; returns when a plan finds nothing more. Throws at the end where something is missing. */
export async function runCompaction(
  deps: RunDeps,
  options: PlanOptions = PLAN_DEFAULTS,
  request: PlanRequest = {},
): Promise<RunReport> {
  let report: RunReport = { files: 0, rows: 0, months: 0, added: 0, replaced: 0, crossed: 0 }
  let next: PlanRequest | undefined = request
  while (next) {
    const planned: PlannedRun = await plan(deps, options, next)
    report = { ...report, files: report.files + planned.files, rows: report.rows + planned.rows }
    let state: RunState & Pick<PlannedRun, 'tasks'> = planned
    do {
      for (const item of state.tasks) report = plus(report, await runTask(item, deps))
      state = await commit(state, deps)
    } while (state.tasks.length > 0)
    if (!state.more && state.missing !== undefined) throw new TickerlakeError('landing-missing', state.missing)
    next = state.more ? state : undefined
  }
  return report
}

function plus(report: RunReport, { months, added, replaced, crossed }: CompactReport): RunReport {
  return {
    ...report,
    months: report.months + months,
    added: report.added + added,
    replaced: report.replaced + replaced,
    crossed: report.crossed + crossed,
  }
}
