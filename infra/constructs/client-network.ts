import { type ISecurityGroup, type IVpc, SecurityGroup, Subnet, type SubnetSelection, Vpc } from 'aws-cdk-lib/aws-ec2'
import type { Construct } from 'constructs'
import type { Stage } from '../stage.ts'

/** Where a function that speaks to the brokers stands. */
export interface ClientNetwork {
  readonly vpc: IVpc
  readonly securityGroup: ISecurityGroup
  /** @default - the isolated subnets of the VPC */
  readonly subnets?: SubnetSelection
}

/** The network of a cluster that was there before, from the knobs vpcId, subnetIds and securityGroupId. */
export function importedNetwork(
  scope: Construct,
  { vpcId, subnetIds, securityGroupId }: Stage,
): ClientNetwork | undefined {
  if (vpcId === undefined || securityGroupId === undefined) return undefined
  const subnets = subnetIds.map((subnetId, i) => Subnet.fromSubnetId(scope, `Subnet${i}`, subnetId))
  return {
    // Zones are asked for by the type and used by nothing here: functions name subnets.
    vpc: Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId, availabilityZones: subnetIds.map((_, i) => `zone-${i}`) }),
    securityGroup: SecurityGroup.fromSecurityGroupId(scope, 'Clients', securityGroupId, { mutable: false }),
    subnets: { subnets },
  }
}
