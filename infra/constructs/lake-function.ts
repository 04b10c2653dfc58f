import { type Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, type IFunction, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { bundle } from './bundle.ts'

export interface LakeFunctionProps {
  /** The handler's file, from the project's root. */
  readonly entry: string
  readonly description: string
  readonly environment: Readonly<Record<string, string>>
  readonly timeout: Duration
  readonly memoryMb: number
  readonly logDays: RetentionDays
}

/** kafkajs 2.2.4 sets timers in the past (its request queue, harmless); Node 24 would warn of it at every cold start. */
const NODE_OPTIONS = '--enable-source-maps --disable-warning=TimeoutNegativeWarning'

/**
 * A function of the pipeline: one esbuild bundle that holds all it needs, its own role with no managed policy,
 * its own log group that ends with the stack.
 */
export class LakeFunction extends Construct {
  readonly function: IFunction
  readonly role: Role

  constructor(scope: Construct, id: string, props: LakeFunctionProps) {
    super(scope, id)
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    const logGroup = new LogGroup(this, 'Logs', { retention: props.logDays, removalPolicy: RemovalPolicy.DESTROY })
    logGroup.grantWrite(this.role)
    this.role.addToPrincipalPolicy(
      // X-Ray's two write calls know no resources.
      new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
    )
    this.function = new LambdaFunction(this, 'Function', {
      code: bundle(props.entry),
      handler: 'index.handler',
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role: this.role.withoutPolicyUpdates(),
      logGroup,
      tracing: Tracing.ACTIVE,
      timeout: props.timeout,
      memorySize: props.memoryMb,
      environment: { NODE_OPTIONS, ...props.environment },
    })
  }
}
