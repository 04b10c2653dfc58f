import { Alarm, type CreateAlarmOptions, type IAlarmAction, type IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'

export interface WatchedAlarmProps extends Omit<CreateAlarmOptions, 'alarmDescription' | 'alarmName'> {
  /** What is wrong when it rings, as one sentence. */
  readonly says: string
  readonly metric: IMetric
  /** Who is told. @default - nobody; the alarm only changes its colour */
  readonly action?: IAlarmAction | undefined
}

type Watch = Pick<WatchedAlarmProps, 'says' | 'metric'> & Partial<WatchedAlarmProps>
/** Alarms by their construct ids, which the runbook has as headings. */
export type Watches = Readonly<Record<string, Watch>>

/** Where the runbook has the entry of an alarm, by the alarm's construct id. */
function runbookEntry(id: string): string {
  return `docs/runbook.md#${id.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}`
}

/** An alarm that says what is wrong and where the runbook tells what to do. */
export class WatchedAlarm extends Construct {
  readonly alarm: Alarm

  constructor(scope: Construct, id: string, { says, metric, action, ...options }: WatchedAlarmProps) {
    super(scope, id)
    this.alarm = new Alarm(this, 'Alarm', { ...options, metric, alarmDescription: `${says} ${runbookEntry(id)}` })
    if (!action) return
    this.alarm.addAlarmAction(action)
    this.alarm.addOkAction(action)
  }
}
