import { Duration, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib'
import { Grant, type Role } from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets'
import {
  Choice,
  Condition,
  DefinitionBody,
  DistributedMap,
  Fail,
  type IChainable,
  JsonPath,
  LogLevel,
  StateMachine,
  StateMachineType,
  Succeed,
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

/** Tasks of one run side by side: S3 bears far more, the concurrency of a new account does not. */
const PARALLEL_TASKS = 5
/** Names the tasks' executions, so that a grant can name them too. */
const TASKS_LABEL = 'Tasks'
const PLAN_STEP = 'FindNewFiles'
/** Every step may be run twice, so it is tried again: after 5, 10 and 20 s. */
const RETRIES = { maxAttempts: 3, interval: Duration.seconds(5), backoffRate: 2 }

/**
 * Landing files into `bars`, and forecasts from it: plan, compact the tasks side by side, commit what they have
 * made as one snapshot; again while a plan left files over; then forecast. Two runs that overlap do no harm: a commit is
 * a compare and swap, and what others changed meanwhile is merged again.
 */
export class Compaction extends Construct {
  readonly stateMachine: StateMachine
  readonly forecaster: IFunction

  constructor(scope: Construct, id: string, { stage, lake }: CompactionProps) {
    super(scope, id)
    const environment = {
      LAKE_BUCKET: lake.bucket.bucketName,
      STAGE: stage.name,
      SNAPSHOT_DAYS: String(stage.snapshotDays),
      LANDING_DAYS: String(stage.landingDays),
      ...(stage.emulator === 'localstack' ? {} : { CATALOG_DATABASE: stage.database }),
    }
    const functionOf = (step: string, props: Pick<LakeFunctionProps, 'description' | 'timeout' | 'memoryMb'>) =>
      new LakeFunction(this, step, {
        ...props,
        entry: `lambdas/compactor/${step.toLowerCase()}.lambda.ts`,
        logDays: Number(stage.logDays),
        environment,
      })
    const plan = functionOf('Plan', {
      description: 'Finds what has landed since the last run and cuts it into tasks.',
      // A year of landing at full rate, listed whole, takes nine.
      timeout: Duration.minutes(15),
      memoryMb: 1024,
    })
    const compact = functionOf('Compact', {
      description: 'Merges new rows into new files of their months.',
      timeout: Duration.minutes(15),
      memoryMb: stage.compactorMemoryMb,
    })
    const commit = functionOf('Commit', {
      description: 'Puts what a run has merged in place, all of it at once.',
      timeout: Duration.minutes(5),
      memoryMb: 512,
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
    lake.grantReadWrite(plan.role, LAYOUT.ledger)
    for (const writer of [compact, commit]) lake.grantReadWrite(writer.role, BARS.prefix)
    for (const step of [plan, compact, commit]) lake.grantReadWrite(step.role, LAYOUT.compaction)
    lake.grantRead(plan.role, BARS.prefix)
    // Landed files go by what is compacted, which no lifecycle rule knows.
    lake.grantDelete(plan.role, BARS_LANDING.prefix)
    for (const prefix of [BARS.prefix, LAYOUT.compaction]) lake.grantDelete(commit.role, prefix)
    if (environment.CATALOG_DATABASE !== undefined) {
      for (const { role } of [plan, compact, forecaster]) grantCatalog(role, stage.database, ['GetTable'])
      grantCatalog(commit.role, stage.database, ['GetTable', 'CreateTable', 'UpdateTable'])
    }

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
    // What a run could not start is done by the next.
    const target = new StepFunctionsStartExecution(this.stateMachine, {
      retryAttempts: 2,
      maxEventAge: Duration.minutes(10),
    })
    new Schedule(this, 'Regularly', {
      description: 'Compacts what has landed.',
      schedule: ScheduleExpression.rate(Duration.minutes(stage.compactMinutes)),
      target,
      enabled: stage.schedule,
    })
    for (const time of closesOf(stage)) {
      new Schedule(this, `At${time.replaceAll(/\W/g, '')}`, {
        description: 'Compacts and forecasts after the close of a calendar.',
        schedule: dailyAt(time),
        target,
        enabled: stage.schedule,
      })
    }
  }

  private steps(functions: Readonly<Record<'plan' | 'compact' | 'commit' | 'forecaster', LakeFunction>>): IChainable {
    const plan = this.invoke(PLAN_STEP, functions.plan)
    // Each task is an execution of its own: a backfill's thousands would fill the 25,000 events that one may have. A
    // redrive of a failed run runs its failed tasks alone. It costs one transition more a task, $0.000025.
    const eachTask = new DistributedMap(this, 'EachTask', {
      itemsPath: '$.tasks',
      maxConcurrency: PARALLEL_TASKS,
      // An express one ends after 5 minutes; a task may take 15.
      mapExecutionType: StateMachineType.STANDARD,
      // A run is committed whole.
      toleratedFailureCount: 0,
      label: TASKS_LABEL,
      resultPath: JsonPath.DISCARD,
    }).itemProcessor(this.invoke('CompactTask', functions.compact))
    const commit = this.invoke('PutInPlace', functions.commit)
    // Said in full: the emulator takes empty parameters for none and would hand over the state of the run.
    const payload = TaskInput.fromObject({ refit: false })
    const forecast = this.invoke('ForecastFromNewestBars', functions.forecaster, {
      payload,
      resultPath: JsonPath.DISCARD,
    })
    const error = 'LandingMissing'
    const cause = `Ledgers call offsets landed that are in no landing file; all else is compacted. The log of ${PLAN_STEP} names them.`
    const end = new Choice(this, 'AnythingMissing?')
      .when(Condition.isPresent('$.missing'), new Fail(this, 'LandingMissing', { error, cause }))
      .otherwise(new Succeed(this, 'Compacted'))
    const next = new Choice(this, 'MergeAgainOrGoOn?')
      // Others have changed these tasks' months meanwhile.
      .when(Condition.isPresent('$.tasks[0]'), eachTask)
      .when(Condition.booleanEquals('$.more', true), plan)
      .otherwise(forecast.next(end))
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
      comment: 'Landing files into the clean table, and forecasts from it.',
      definitionBody: DefinitionBody.fromChainable(steps),
      timeout: Duration.hours(6),
      tracingEnabled: true,
      // Errors alone would do; cdk-nag wants all, and a run is a dozen events.
      logs: { destination, level: LogLevel.ALL, includeExecutionData: false },
    })
  }
}

/** Twenty minutes until a session has settled, fetchMinutes, a minute of the producer, and the consumer's window. */
const CLOSES = ['16:50@America/New_York', '00:50@UTC']

/** When the bars of a calendar's session are in landing. */
function closesOf({ symbols, forecastTimes }: Stage): readonly string[] {
  if (symbols.length === 0) return []
  return forecastTimes.length > 0 ? forecastTimes : CLOSES
}

function dailyAt(time: string): ScheduleExpression {
  const [, hour = '', minute = '', zone = ''] = /^(\d\d):(\d\d)@(.*)$/.exec(time) ?? []
  return ScheduleExpression.cron({
    hour: String(Number(hour)),
    minute: String(Number(minute)),
    timeZone: TimeZone.of(zone),
  })
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

/** The one table of the Glue catalog that the compactor keeps; Glue asks for its database and its catalog too. */
function grantCatalog(role: Role, database: string, calls: readonly string[]): void {
  const stack = Stack.of(role)
  const arnOf = (resource: string) => stack.formatArn({ service: 'glue', resource })
  const resourceArns = [arnOf('catalog'), arnOf(`database/${database}`), arnOf(`table/${database}/${BARS.name}`)]
  Grant.addToPrincipal({ grantee: role, actions: calls.map((call) => `glue:${call}`), resourceArns })
}

function grantForecast(lake: LakeBucket, { role }: LakeFunction): void {
  lake.grantRead(role, BARS.prefix)
  // A run as of a past day looks for the versions that were known then.
  lake.grantRead(role, BARS_LANDING.prefix)
  for (const prefix of [FORECASTS.prefix, FORECAST_SCORES.prefix, LAYOUT.models]) lake.grantReadWrite(role, prefix)
}
