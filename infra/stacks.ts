import { CliCredentialsStackSynthesizer, DefaultStackSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { LakeStack } from './stacks/lake-stack.ts'
import { PipelineStack } from './stacks/pipeline-stack.ts'
import { clusterSourceOf, type Stage } from './stage.ts'

export interface Stacks {
  readonly lake: LakeStack
  readonly pipeline: PipelineStack
}

/** The stacks of a stage, wired: what keeps data apart from what may be thrown away. */
export function makeStacks(scope: Construct, stage: Stage): Stacks {
  const cluster = clusterSourceOf(stage)
  const idOf = (stack: string): string => `tickerlake-${stage.name}-${stack}`

  const lake = new LakeStack(scope, idOf('lake'), { stage, synthesizer: synthesizerOf(stage) })
  const pipeline = new PipelineStack(scope, idOf('pipeline'), {
    stage,
    lake: lake.lake,
    cluster,
    synthesizer: synthesizerOf(stage),
  })
  return { lake, pipeline }
}

/** An emulator needs no bootstrap stack with its roles: the asset bucket alone will do, and saves `cdk bootstrap`'s 5 s. */
function synthesizerOf(stage: Stage): IStackSynthesizer {
  const made = stage.name === 'local' ? new CliCredentialsStackSynthesizer() : new DefaultStackSynthesizer()
  // CDK's classes say `string | undefined` where its interfaces say `?: string`, which strict TypeScript tells apart.
  return made as unknown as IStackSynthesizer
}
