import type { Construct } from 'constructs'
import { LakeStack } from './stacks/lake-stack.ts'
import { PipelineStack } from './stacks/pipeline-stack.ts'
import { clusterSourceOf, type Stage } from './stage.ts'

/** The stacks of a stage, wired: what keeps data apart from what may be thrown away. */
export function makeStacks(
  scope: Construct,
  stage: Stage,
): { readonly lake: LakeStack; readonly pipeline: PipelineStack } {
  const cluster = clusterSourceOf(stage)
  const lake = new LakeStack(scope, `tickerlake-${stage.name}-lake`, { stage })
  const pipeline = new PipelineStack(scope, `tickerlake-${stage.name}-pipeline`, { stage, lake: lake.lake, cluster })
  return { lake, pipeline }
}
