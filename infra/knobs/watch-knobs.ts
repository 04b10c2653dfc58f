/** What is logged, watched and told. */
import { choice, everywhere, optional, whole } from '../knob.ts'

export const WATCH_KNOBS = {
  logDays: choice(
    {
      doc: 'How long logs are kept.',
      unit: 'days',
      cost: '$0.03 per GB and month',
      among: ['7', '30', '90', '365'],
    },
    { local: '7', dev: '7', prod: '90', byo: '30' },
  ),
  alarmEmail: optional({
    doc: 'Who is told of alarms; without it they only change colour. The address must confirm a mail from SNS.',
    unit: 'mail address',
    cost: 'none',
    like: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
    takes: 'a mail address',
  }),
  freshnessMinutes: whole(
    {
      doc: 'How old the newest landed record may be, while the producer sends, before an alarm.',
      unit: 'minutes',
      cost: 'none',
      min: 1,
      max: 1440,
    },
    { local: 5, dev: 15, prod: 5, byo: 15 },
  ),
  rejectedPercent: whole(
    {
      doc: 'Share of rejected records in an hour that is worth an alarm.',
      unit: '% of landed records',
      cost: 'none',
      min: 0,
      max: 100,
    },
    everywhere(5),
  ),
  bucketGb: whole(
    {
      doc: 'Size of the lake that is worth an alarm: twice what docs/cost.md expects of a year.',
      unit: 'GB',
      cost: '$0.023 per GB and month',
      min: 1,
      max: 1_000_000,
    },
    { local: 50, dev: 50, prod: 500, byo: 200 },
  ),
}
