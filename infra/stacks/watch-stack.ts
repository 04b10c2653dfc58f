import { ArnFormat, Stack, type StackProps } from 'aws-cdk-lib'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import { BrokerMetrics, type WatchedCluster } from '../constructs/broker-metrics.ts'
import { LakeAlarms } from '../constructs/lake-alarms.ts'
import { LakeDashboard } from '../constructs/lake-dashboard.ts'
import { LakeMetrics } from '../constructs/lake-metrics.ts'
import { ServiceMetrics, type Watched } from '../constructs/service-metrics.ts'
import { StageBudget } from '../constructs/stage-budget.ts'
import type { Stage as Settings } from '../stage.ts'

export interface WatchStackProps extends StackProps {
  readonly stage: Settings
  readonly watched: Watched
  /** @default - the cluster is not of MSK */
  readonly cluster?: WatchedCluster | undefined
}

/** Who looks after the lake when nobody does: alarms, a dashboard, and a mail where an address is given. */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, { stage, watched, cluster, ...props }: WatchStackProps) {
    super(scope, id, { description: `tickerlake ${stage.name}: alarms and dashboard`, ...props })
    const lake = new LakeMetrics(stage.name)
    const services = new ServiceMetrics(watched)
    const brokers = cluster && new BrokerMetrics(cluster)
    const action = stage.alarmEmail === undefined ? undefined : this.mailTo(stage.alarmEmail)
    const { all } = new LakeAlarms(this, 'Alarms', { stage, lake, services, brokers, action })
    if (stage.alarmEmail !== undefined && stage.budgetDollars > 0)
      new StageBudget(this, 'Month', { stage, address: stage.alarmEmail })
    new LakeDashboard(this, 'Screen', { stage, lake, services, alarms: all })
  }

  private mailTo(address: string): SnsAction {
    const topic = new Topic(this, 'Mail', { displayName: 'tickerlake', enforceSSL: true })
    topic.addSubscription(new EmailSubscription(address))
    // A policy of the topic's own takes the place of the one by which alarms of the account may publish.
    const alarms = this.formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
    topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { ArnLike: { 'aws:SourceArn': alarms }, StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    )
    return new SnsAction(topic)
  }
}
