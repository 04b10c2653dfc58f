/** What a handler is given beside its event, and the environment that it finds, as on AWS ("Using the Lambda context object"). */
export interface FunctionFacts {
  readonly name: string
  readonly arn: string
  readonly memoryMb: number
  readonly timeoutMs: number
  readonly region: string
  readonly logStream: string
}

export interface LambdaContext {
  readonly awsRequestId: string
  readonly functionName: string
  readonly functionVersion: string
  readonly invokedFunctionArn: string
  /** A text, as on AWS. */
  readonly memoryLimitInMB: string
  readonly logGroupName: string
  readonly logStreamName: string
  callbackWaitsForEmptyEventLoop: boolean
  getRemainingTimeInMillis(): number
}

const VERSION = '$LATEST'

export interface FunctionSettings {
  readonly memoryMb: number
  readonly timeoutMs: number
  readonly region: string
}

/** `function` is a name or an ARN; `environment` names one execution environment. */
export function functionFacts(nameOrArn: string, environment: string, settings: FunctionSettings): FunctionFacts {
  const isArn = nameOrArn.startsWith('arn:')
  const name = isArn ? (nameOrArn.split(':')[6] ?? nameOrArn) : nameOrArn
  const arn = isArn ? nameOrArn : `arn:aws:lambda:${settings.region}:000000000000:function:${name}`
  return { ...settings, name, arn, logStream: `[${VERSION}]${environment}` }
}

/** Variables that Lambda sets ("Defined runtime environment variables"); handler and task root as for a file of that name. */
export function lambdaEnvironment(
  facts: FunctionFacts,
  handler: string,
  root: string,
): Readonly<Record<string, string>> {
  return {
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: root,
    AWS_REGION: facts.region,
    AWS_DEFAULT_REGION: facts.region,
    AWS_LAMBDA_FUNCTION_NAME: facts.name,
    AWS_LAMBDA_FUNCTION_VERSION: VERSION,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(facts.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup(facts),
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStream,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  }
}

export function lambdaContext(facts: FunctionFacts, awsRequestId: string, remainingMs: () => number): LambdaContext {
  return {
    awsRequestId,
    functionName: facts.name,
    functionVersion: VERSION,
    invokedFunctionArn: facts.arn,
    memoryLimitInMB: String(facts.memoryMb),
    logGroupName: logGroup(facts),
    logStreamName: facts.logStream,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: remainingMs,
  }
}

function logGroup({ name }: FunctionFacts): string {
  return `/aws/lambda/${name}`
}
