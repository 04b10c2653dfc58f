import { systemClock as clock } from '../../lake/clock.ts'
import { required } from '../../lake/environment.ts'
import { embeddedMetrics } from '../../lake/metrics.ts'
import type { InvocationContext } from '../../lake/store/deployed-lake.ts'
import type { CompactReport } from './compact.ts'
import { deployedPorts } from './deployed-ports.ts'
import { runTask } from './task.ts'

const portsFor = deployedPorts(process.env)
const write = (line: string): void => void process.stdout.write(line)
const metrics = embeddedMetrics(write, clock.now, { Stage: required(process.env, 'STAGE') })

/** Takes one of a plan's tasks, `{ plan, task }`; answers `{ months, added, replaced, crossed }`. Safe to run twice. */
export async function handler(
  item: { readonly plan: string; readonly task: number },
  context: InvocationContext,
): Promise<CompactReport> {
  const report = await runTask(item, portsFor(context))
  if (report.crossed > 0) metrics.record('BarsOfTwoSources', report.crossed, 'Count')
  return report
}
