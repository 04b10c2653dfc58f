import { TickerlakeError } from '../errors.ts'
import type { TopicPartition } from './ledger.ts'
import type { Ledgers, LedgerVersion } from './ledgers.ts'

/**
 * Ledgers for a command that means one stage: one whose last writer was another stage's consumer is refused. Consumers
 * themselves do not ask, for a lake may be handed on to another stage, and the stream goes on.
 */
export function ledgersOfStage(ledgers: Ledgers, stage: string): Ledgers {
  const read = async (at: TopicPartition): Promise<LedgerVersion> => {
    const version = await ledgers.read(at)
    const writer = version.ledger.stage
    if (writer === undefined || writer === stage) return version
    throw new TickerlakeError(
      'other-stage',
      `The stage ${stage} was asked for, and the ledger of ${at.topic}-${at.partition} is kept by the consumer of ${writer}: nothing was changed. Give --stage ${writer} if that one is meant; a ledger is ${stage}'s once its consumer has landed a batch.`,
    )
  }
  return {
    cluster: ledgers.cluster,
    read,
    list: () => ledgers.list(),
    write: (ledger, etag) => ledgers.write(ledger, etag),
    look: (claim) => ledgers.look(claim),
    decide: (claim, content) => ledgers.decide(claim, content),
    async settle(at) {
      await read(at)
      return ledgers.settle(at)
    },
  }
}
