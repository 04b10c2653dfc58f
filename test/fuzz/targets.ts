import { historyTarget } from './history-target.ts'
import { judgeTarget } from './judge-target.ts'
import { kafkaEventTarget } from './kafka-event-target.ts'
import { landingKeyTarget } from './landing-key-target.ts'
import { sqlTarget } from './sql-target.ts'
import type { FuzzTarget } from './target.ts'

/** Every reader of what strangers send; a new one gets a file of its own, a folder in corpus/ and a line here. */
export const TARGETS: readonly FuzzTarget[] = [
  judgeTarget,
  kafkaEventTarget,
  landingKeyTarget,
  historyTarget,
  sqlTarget,
]
