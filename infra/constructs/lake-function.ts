import { type Duration, RemovalPolicy } from 'aws-cdk-lib'
import { SubnetType } from 'aws-cdk-lib/aws-ec2'
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Architecture,
  type FunctionOptions,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { bundle } from './bundle.ts'
import type { ClientNetwork } from './client-network.ts'
import { excuse } from './excuse.ts'

export interface LakeFunctionProps {
  /** The handler's file, from the project's root. */
  readonly entry: string
  readonly description: string
  readonly environment: Readonly<Record<string, string>>
  readonly timeout: Duration
  readonly memoryMb: number
  readonly logDays: RetentionDays
  /** @default - Lambda's own network, from where S3 can be reached and brokers in a VPC cannot */
  readonly network?: ClientNetwork | undefined
  /** Invocations kept for this function, and the most it takes. @default - none reserved */
  readonly reservedConcurrency?: number | undefined
}

const EVERYWHERE =
  'X-Ray takes segments and EC2 takes network interfaces for no single resource; nothing else stands here with *.'

/** kafkajs 2.2.4 sets timers in the past (its request queue, harmless); Node 24 would warn of it at every cold start. */
const NODE_OPTIONS = '--enable-source-maps --disable-warning=TimeoutNegativeWarning'

/**
 * A function of the pipeline: one esbuild bundle that holds all it needs, its own role with no managed policy,
 * its own log group that ends with the stack.
 */
export class LakeFunction extends Construct {
  readonly function: LambdaFunction
  readonly role: Role
  readonly logGroup: LogGroup

  constructor(scope: Construct, id: string, props: LakeFunctionProps) {
    super(scope, id)
    const { network, reservedConcurrency } = props
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    this.logGroup = new LogGroup(this, 'Logs', { retention: props.logDays, removalPolicy: RemovalPolicy.DESTROY })
    this.logGroup.grantWrite(this.role)
    excuse(this.role, { 'AwsSolutions-IAM5[Resource::*]': EVERYWHERE })
    if (network) allowNetwork(this.role, JOINING)
    this.function = new LambdaFunction(this, 'Function', {
      code: bundle(props.entry),
      handler: 'index.handler',
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role: this.role,
      logGroup: this.logGroup,
      tracing: Tracing.ACTIVE,
      timeout: props.timeout,
      memorySize: props.memoryMb,
      environment: { NODE_OPTIONS, ...props.environment },
      ...(network ? inside(network) : {}),
      ...(reservedConcurrency ? { reservedConcurrentExecutions: reservedConcurrency } : {}),
    })
  }
}

function inside({
  vpc,
  securityGroup,
  subnets,
}: ClientNetwork): Pick<FunctionOptions, 'vpc' | 'vpcSubnets' | 'securityGroups'> {
  return { vpc, vpcSubnets: subnets ?? { subnetType: SubnetType.PRIVATE_ISOLATED }, securityGroups: [securityGroup] }
}

const INTERFACES = ['CreateNetworkInterface', 'DeleteNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets']
/** What Lambda does with a function's role to put it into a network: AWSLambdaVPCAccessExecutionRole. */
const JOINING = [...INTERFACES, 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses']
/** What its poller does with the role to reach brokers in theirs: AWSLambdaMSKExecutionRole. */
export const POLLING = [...INTERFACES, 'DescribeSecurityGroups', 'DescribeVpcs']

/**
 * Network interfaces for Lambda to make with a role. EC2 decides these calls for no single resource, so the role has
 * them on every one; the function's own code, whose calls carry its ARN, is refused them. AWS's guide names the ARN in
 * the Deny. Any ARN says the same of a role that one function has, and the role, which the function itself waits for,
 * need not refer to it.
 */
export function allowNetwork(role: Role, calls: readonly string[]): void {
  const actions = calls.map((call) => `ec2:${call}`)
  role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: ['*'] }))
  refuseCode(role, actions, ['*'])
}

/** Keeps from a function's code what Lambda itself does with its role: only the code's own calls carry the function's ARN. */
export function refuseCode(role: Role, actions: string[], resources: string[]): void {
  const conditions = { Null: { 'lambda:SourceFunctionArn': 'false' } }
  role.addToPrincipalPolicy(new PolicyStatement({ effect: Effect.DENY, actions, resources, conditions }))
}
