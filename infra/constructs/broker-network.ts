import { Fn, RemovalPolicy } from 'aws-cdk-lib'
import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { ClientNetwork } from './client-network.ts'

export interface BrokerNetworkProps {
  readonly cidr: string
  readonly zones: number
  /** On-demand pollers sit in the cluster's subnets and call Lambda and STS from there; provisioned ones do not. */
  readonly onDemandPollers: boolean
  readonly logDays: RetentionDays
}

/** Kafka with IAM over TLS. */
const IAM_PORT = 9098

/**
 * A network with no way out: brokers and their clients in isolated subnets, S3 by a gateway endpoint (free), no NAT.
 * Brokers let clients in at the IAM port alone.
 */
export class BrokerNetwork extends Construct implements ClientNetwork {
  readonly vpc: IVpc
  readonly securityGroup: SecurityGroup
  readonly brokerSecurityGroup: SecurityGroup

  constructor(scope: Construct, id: string, props: BrokerNetworkProps) {
    super(scope, id)
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(props.cidr),
      // By number, so that a synth without an account makes as many zones as one with it.
      availabilityZones: Array.from({ length: props.zones }, (_, i) => Fn.select(i, Fn.getAzs())),
      natGateways: 0,
      subnetConfiguration: [{ name: 'brokers', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 26 }],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    })
    // CDK's classes say `T | undefined` where its interfaces say `?: T`, which strict TypeScript tells apart.
    this.vpc = vpc as IVpc
    this.logRejected(props.logDays)
    this.securityGroup = this.group('Clients', 'Kafka clients: to the brokers and to S3, from nowhere.')
    this.brokerSecurityGroup = this.group('Brokers', 'Brokers: from clients and from the pollers of Lambda.')
    this.letThrough()
    if (props.onDemandPollers) this.pollerEndpoints()
  }

  private group(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false })
  }

  private letThrough(): void {
    const kafka = Port.tcp(IAM_PORT)
    this.securityGroup.addEgressRule(this.brokerSecurityGroup, kafka, 'Kafka')
    this.securityGroup.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'S3 by its gateway endpoint; there is no other route')
    this.brokerSecurityGroup.addIngressRule(this.securityGroup, kafka, 'Kafka clients')
    // The pollers of Lambda take on the brokers' own group.
    this.brokerSecurityGroup.addIngressRule(this.brokerSecurityGroup, kafka, 'Pollers')
    this.brokerSecurityGroup.addEgressRule(this.brokerSecurityGroup, kafka, 'Pollers')
  }

  private pollerEndpoints(): void {
    const { LAMBDA, STS } = InterfaceVpcEndpointAwsService
    for (const [id, service] of Object.entries({ LambdaEndpoint: LAMBDA, StsEndpoint: STS })) {
      const group = this.group(`${id}Group`, 'Calls of the pollers.')
      group.addIngressRule(this.brokerSecurityGroup, Port.HTTPS, 'Pollers')
      this.brokerSecurityGroup.addEgressRule(group, Port.HTTPS, 'Pollers')
      this.vpc.addInterfaceEndpoint(id, { service, securityGroups: [group], open: false })
    }
  }

  /** What was refused is all that a network without a way out has to tell. */
  private logRejected(logDays: RetentionDays): void {
    const logGroup = new LogGroup(this, 'Rejected', { retention: logDays, removalPolicy: RemovalPolicy.DESTROY })
    const destination = FlowLogDestination.toCloudWatchLogs(logGroup)
    this.vpc.addFlowLog('RejectedTraffic', { destination, trafficType: FlowLogTrafficType.REJECT })
  }
}
