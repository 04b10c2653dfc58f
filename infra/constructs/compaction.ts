import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets'
import {
  Choice,
  Condition,
  DefinitionBody,
  DistributedMap,
  type IChainable,
  JsonPath,
  LogLevel,
  StateMachine,
  StateMachineType,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions'
import { LambdaInvoke, type LambdaInvokeProps } from 'aws-cdk-lib/aws-stepfunctions-tasks'
import { Construct } from 'constructs'
import { LAYOUT } from '../../lake/layout.ts'
import { FORECAST_SCORES, FORECASTS } from '../../lake/tables/forecast-tables.ts'
import { BARS, BARS_LANDING } from '../../lake/tables/tables.ts'
import type { Stage } from '../stage.ts'
import { excuse, excuseVersions, logicalIdOf } from './excuse.ts'
import type { LakeBucket } from './lake-bucket.ts'
import { LakeFunction, type LakeFunctionProps } from './lake-function.ts'

export interface CompactionProps {
  readonly stage: Stage
  readonly lake: LakeBucket
}

/** Artefacts of fitted models, read back by the daily runs. */
/** Tasks of one run side by side: S3 bears far more, the concurrency of a new account does not. */
const PARALLEL_TASKS = 5
/** Names the tasks' executions, so that a grant can name them too. */
const TASKS_LABEL = 'Tasks'
/** Every step may be run twice, so it is tried again: after 5, 10 and 20 s. */
const RETRIES = { maxAttempts: 3, interval: Duration.seconds(5), backoffRate: 2 }

/**
 * Landing files into one clean file a month, and forecasts from it: plan, compact the tasks side by side, commit;
 * again while a plan left files over; then forecast. Two runs that overlap do no harm: months are written by compare and swap.
 */
export class Compaction extends Construct {
  readonly stateMachine: StateMachine
  readonly forecaster: IFunction

  constructor(scope: Construct, id: string, { stage, lake }: CompactionProps) {
    super(scope, id)
    const environment = { LAKE_BUCKET: lake.bucket.bucketName, STAGE: stage.name }
    const functionOf = (step: string, props: Pick<LakeFunctionProps, 'description' | 'timeout' | 'memoryMb'>) =>
      new LakeFunction(this, step, {
        ...props,
        entry: `lambdas/compactor/${step.toLowerCase()}.lambda.ts`,
        logDays: Number(stage.logDays),
        environment,
      })
    const plan = functionOf('Plan', {
      description: 'Finds what has landed since the last run and cuts it into tasks.',
      timeout: Duration.minutes(10),
      memoryMb: 1024,
    })
    const compact = functionOf('Compact', {
      description: 'Merges new rows into the files of their months.',
      timeout: Duration.minutes(15),
      memoryMb: 2048,
    })
    const commit = functionOf('Commit', {
      description: 'Marks a plan as compacted.',
      timeout: Duration.minutes(1),
      memoryMb: 256,
    })
    const forecaster = new LakeFunction(this, 'Forecast', {
      entry: 'lambdas/forecaster/forecaster.lambda.ts',
      description: 'Forecasts from the newest bars, and scores what came true.',
      timeout: Duration.minutes(15),
      memoryMb: 3008,
      logDays: Number(stage.logDays),
      environment,
    })
    this.forecaster = forecaster.function
    grantForecast(lake, forecaster)
    for (const reader of [plan, compact]) lake.grantRead(reader.role, BARS_LANDING.prefix)
    for (const verb of ['grantRead', 'grantWrite'] as const) {
      lake[verb](plan.role, LAYOUT.ledger)
      lake[verb](compact.role, BARS.prefix)
      lake[verb](commit.role, LAYOUT.compaction)
      lake[verb](plan.role, LAYOUT.compaction)
    }
    lake.grantRead(compact.role, LAYOUT.compaction)
    lake.grantDelete(commit.role, LAYOUT.compaction)

    this.stateMachine = this.machine(this.steps({ plan, compact, commit, forecaster }), Number(stage.logDays))
    excuseVersions(
      this.stateMachine.role,
      [plan, compact, commit, forecaster].map((each) => each.function),
    )
    excuse(this.stateMachine.role, {
      'AwsSolutions-IAM5[Resource::*]':
        'Log delivery and X-Ray know no resources for what a state machine asks of them.',
    })
    excuseTaskExecutions(this.stateMachine)
    new Schedule(this, 'Regularly', {
      description: 'Compacts what has landed.',
      schedule: ScheduleExpression.rate(Duration.minutes(stage.compactMinutes)),
      // What a run could not start is done by the next.
      target: new StepFunctionsStartExecution(this.stateMachine, {
        retryAttempts: 2,
        maxEventAge: Duration.minutes(10),
      }),
      enabled: stage.schedule,
    })
  }

  private steps(functions: Readonly<Record<'plan' | 'compact' | 'commit' | 'forecaster', LakeFunction>>): IChainable {
    const plan = this.invoke('FindNewFiles', functions.plan)
    // Each task is an execution of its own: a backfill's thousands would fill the 25,000 events that one may have.
    const eachTask = new DistributedMap(this, 'EachTask', {
      itemsPath: '$.tasks',
      maxConcurrency: PARALLEL_TASKS,
      // An express one ends after 5 minutes; a task may take 15.
      mapExecutionType: StateMachineType.STANDARD,
      // What a failed task has not merged must not be marked as compacted.
      toleratedFailureCount: 0,
      label: TASKS_LABEL,
      resultPath: JsonPath.DISCARD,
    }).itemProcessor(this.invoke('CompactTask', functions.compact))
    const commit = this.invoke('MarkAsCompacted', functions.commit, { resultPath: JsonPath.DISCARD })
    // Said in full: the emulator takes empty parameters for none and would hand over the state of the run.
    const payload = TaskInput.fromObject({ refit: false })
    const next = new Choice(this, 'FilesLeftOver?')
      .when(Condition.booleanEquals('$.more', true), plan)
      .otherwise(this.invoke('ForecastFromNewestBars', functions.forecaster, { payload }))
    commit.next(next)
    // Most runs of a quiet lake find nothing: they start no executions for it.
    const anyTasks = new Choice(this, 'AnyTasks?')
      .when(Condition.isPresent('$.tasks[0]'), eachTask.next(commit))
      .otherwise(commit)
    return plan.next(anyTasks)
  }

  /** A task gets the state as it stands, unless a payload is given: the forecaster refuses keys that it does not know. */
  private invoke(
    id: string,
    { function: lambdaFunction }: LakeFunction,
    props: Pick<LambdaInvokeProps, 'resultPath' | 'payload'> = {},
  ): LambdaInvoke {
    const task = new LambdaInvoke(this, id, { lambdaFunction, payloadResponseOnly: true, ...props })
    task.addRetry(RETRIES)
    return task
  }

  private machine(steps: IChainable, logDays: number): StateMachine {
    const destination = new LogGroup(this, 'Logs', { retention: logDays, removalPolicy: RemovalPolicy.DESTROY })
    return new StateMachine(this, 'Machine', {
      comment: 'Landing files into one clean file a month, and forecasts from it.',
      definitionBody: DefinitionBody.fromChainable(steps),
      timeout: Duration.hours(6),
      tracingEnabled: true,
      // Errors alone would do; cdk-nag wants all, and a run is a dozen events.
      logs: { destination, level: LogLevel.ALL, includeExecutionData: false },
    })
  }
}

/** The state machine starts, follows and ends its tasks' executions, whose names are known as they start. */
function excuseTaskExecutions(stateMachine: StateMachine): void {
  const name = `{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${logicalIdOf(stateMachine)}"}]}]}`
  const executions = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}`
  excuse(stateMachine.node.findChild('DistributedMapPolicy'), {
    [`AwsSolutions-IAM5[Resource::${executions}:*]`]: 'Any execution of this one state machine.',
    [`AwsSolutions-IAM5[Resource::${executions}/${TASKS_LABEL}:*]`]: "Any task's execution of this one state machine.",
  })
}

function grantForecast(lake: LakeBucket, { role }: LakeFunction): void {
  lake.grantRead(role, BARS.prefix)
  // A run as of a past day looks for the versions that were known then.
  lake.grantRead(role, BARS_LANDING.prefix)
  for (const prefix of [FORECASTS.prefix, FORECAST_SCORES.prefix, LAYOUT.models]) {
    lake.grantRead(role, prefix)
    lake.grantWrite(role, prefix)
  }
}
