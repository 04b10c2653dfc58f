import { ArnFormat, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib'
import {
  type CfnSubnet,
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  type ISubnet,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2'
import { AnyPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { ClientNetwork } from './client-network.ts'

export interface BrokerNetworkProps {
  readonly cidr: string
  readonly zones: number
  /** Zones by their ids, like `use1-az1`, where AWS's own order would not do. @default - the region's first zones */
  readonly zoneIds?: readonly string[]
  /** On-demand pollers sit in the cluster's subnets and call Lambda and STS from there; provisioned ones do not. */
  readonly onDemandPollers: boolean
  /** In how many of the zones the endpoints of those pollers stand; the others reach them across. */
  readonly endpointZones: number
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
    })
    // CDK's classes say `T | undefined` where its interfaces say `?: T`, which strict TypeScript tells apart.
    this.vpc = vpc as IVpc
    if (props.zoneIds?.length) standIn(vpc, props.zoneIds)
    vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 }).addToPolicy(this.ownBuckets())
    this.logRejected(props.logDays)
    this.securityGroup = this.group('Clients', 'Kafka clients: to the brokers and to S3, from nowhere.')
    this.brokerSecurityGroup = this.group('Brokers', 'Brokers: from clients and from the pollers of Lambda.')
    this.letThrough()
    if (props.onDemandPollers) this.pollerEndpoints(vpc.isolatedSubnets.slice(0, props.endpointZones))
  }

  private group(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false })
  }

  private letThrough(): void {
    const kafka = Port.tcp(IAM_PORT)
    this.securityGroup.addEgressRule(this.brokerSecurityGroup, kafka, 'Kafka')
    this.securityGroup.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'S3 by its gateway endpoint; there is no other route')
    this.brokerSecurityGroup.addIngressRule(this.securityGroup, kafka, 'Kafka clients')
    // The pollers of Lambda take on the brokers' own group, and put what they give up into the lake's bucket.
    this.brokerSecurityGroup.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'S3 by its gateway endpoint, as for clients')
    this.brokerSecurityGroup.addIngressRule(this.brokerSecurityGroup, kafka, 'Pollers')
    this.brokerSecurityGroup.addEgressRule(this.brokerSecurityGroup, kafka, 'Pollers')
  }

  /** Whoever takes over a client finds no bucket of theirs to carry data to, or to fetch code from. */
  private ownBuckets(): PolicyStatement {
    const { account } = Stack.of(this)
    return new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account } },
    })
  }

  private pollerEndpoints(subnets: ISubnet[]): void {
    const { LAMBDA, STS } = InterfaceVpcEndpointAwsService
    const endpoints = {
      LambdaEndpoint: { service: LAMBDA, action: 'lambda:InvokeFunction' },
      StsEndpoint: { service: STS, action: 'sts:AssumeRole' },
    }
    for (const [id, { service, action }] of Object.entries(endpoints)) {
      const group = this.group(`${id}Group`, 'Calls of the pollers.')
      group.addIngressRule(this.brokerSecurityGroup, Port.HTTPS, 'Pollers')
      this.brokerSecurityGroup.addEgressRule(group, Port.HTTPS, 'Pollers')
      const endpoint = this.vpc.addInterfaceEndpoint(id, {
        service,
        securityGroups: [group],
        subnets: { subnets },
        open: false,
      })
      // Lambda's guide asks for * here: the pollers call as the service, before they have the function's role.
      const principals = [new ServicePrincipal('lambda.amazonaws.com')]
      endpoint.addToPolicy(new PolicyStatement({ principals, actions: [action], resources: ['*'] }))
    }
  }

  /** What was refused is all that a network without a way out has to tell. */
  private logRejected(logDays: RetentionDays): void {
    const logGroup = new LogGroup(this, 'Rejected', { retention: logDays, removalPolicy: RemovalPolicy.DESTROY })
    const destination = FlowLogDestination.toCloudWatchLogs(logGroup, this.flowLogRole())
    this.vpc.addFlowLog('RejectedTraffic', { destination, trafficType: FlowLogTrafficType.REJECT })
  }

  /** CDK's own would be lent to flow logs of any account. */
  private flowLogRole(): Role {
    const { account } = Stack.of(this)
    const flowLogs = Stack.of(this).formatArn({
      service: 'ec2',
      resource: 'vpc-flow-log',
      resourceName: '*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    })
    return new Role(this, 'FlowLogRole', {
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: { ArnLike: { 'aws:SourceArn': flowLogs }, StringEquals: { 'aws:SourceAccount': account } },
      }),
    })
  }
}

/** CDK places subnets by the names of zones, which mean other places in other accounts; MSK refuses places. */
function standIn({ isolatedSubnets }: Vpc, zoneIds: readonly string[]): void {
  for (const [i, { node }] of isolatedSubnets.entries()) {
    const subnet = node.defaultChild as CfnSubnet
    subnet.addPropertyDeletionOverride('AvailabilityZone')
    subnet.addPropertyOverride('AvailabilityZoneId', zoneIds[i])
  }
}
