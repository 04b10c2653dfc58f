/** Every knob of the deployment. docs/deploy.md has this list as a table; `-c name=value` turns one. */
import { ACCOUNT_KNOBS } from './knobs/account-knobs.ts'
import { BROKER_KNOBS } from './knobs/broker-knobs.ts'
import { LAKE_KNOBS } from './knobs/lake-knobs.ts'
import { COMPACTION_KNOBS, CONSUMER_KNOBS, FETCHER_KNOBS, PRODUCER_KNOBS } from './knobs/pipeline-knobs.ts'
import { WATCH_KNOBS } from './knobs/watch-knobs.ts'

export const KNOBS = {
  ...LAKE_KNOBS,
  ...BROKER_KNOBS,
  ...FETCHER_KNOBS,
  ...PRODUCER_KNOBS,
  ...CONSUMER_KNOBS,
  ...COMPACTION_KNOBS,
  ...WATCH_KNOBS,
  ...ACCOUNT_KNOBS,
}
