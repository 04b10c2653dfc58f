import { Stack, type StackProps } from 'aws-cdk-lib'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import { LakeAlarms } from '../constructs/lake-alarms.ts'
import { LakeDashboard } from '../constructs/lake-dashboard.ts'
import { LakeMetrics } from '../constructs/lake-metrics.ts'
import { ServiceMetrics, type Watched } from '../constructs/service-metrics.ts'
import type { Stage as Settings } from '../stage.ts'

export interface WatchStackProps extends StackProps {
  readonly stage: Settings
  readonly watched: Watched
}

/** Who looks after the lake when nobody does: alarms, a dashboard, and a mail where an address is given. */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, { stage, watched, ...props }: WatchStackProps) {
    super(scope, id, { description: `tickerlake ${stage.name}: alarms and dashboard`, ...props })
    const lake = new LakeMetrics(stage.name)
    const services = new ServiceMetrics(watched)
    const action = stage.alarmEmail === undefined ? undefined : this.mailTo(stage.alarmEmail)
    const { all } = new LakeAlarms(this, 'Alarms', { stage, lake, services, action })
    new LakeDashboard(this, 'Screen', { stage, lake, services, alarms: all })
  }

  private mailTo(address: string): SnsAction {
    const topic = new Topic(this, 'Mail', { displayName: 'tickerlake', enforceSSL: true })
    topic.addSubscription(new EmailSubscription(address))
    return new SnsAction(topic)
  }
}
