/** The ledgers for eyes and for pipes. */

import { type AnswerFormat, answerText } from '../../command/answer-text.ts'
import { instantText } from '../../lake/instant.ts'
import type { Ledger } from '../../lake/ledger/ledger.ts'
import type { Ledgers, Standing } from '../../lake/ledger/ledgers.ts'
import { countOffsets } from '../../lake/ledger/offset-ranges.ts'
import { rangesText } from './completeness-text.ts'

export interface ShownLedger {
  readonly ledger: Ledger
  /** Null where there is no claim. */
  readonly standing: Standing | null
}

/** Reads every ledger and looks at the keys of their claims; changes nothing. */
export async function showLedgers(ledgers: Ledgers): Promise<ShownLedger[]> {
  const shown: ShownLedger[] = []
  for await (const at of ledgers.list()) {
    const { ledger } = await ledgers.read(at)
    shown.push({ ledger, standing: ledger.claim && (await ledgers.look(ledger.claim)) })
  }
  return shown
}

const COLUMNS = [
  { name: 'topic', type: 'varchar' },
  { name: 'partition', type: 'integer' },
  { name: 'epoch', type: 'varchar' },
  { name: 'next', type: 'bigint' },
  { name: 'gaps', type: 'bigint' },
  { name: 'given_up', type: 'bigint' },
  { name: 'newest_record', type: 'varchar' },
  { name: 'claim', type: 'varchar' },
  { name: 'claim_offsets', type: 'varchar' },
  { name: 'claim_is', type: 'varchar' },
] as const

export function ledgersText(shown: readonly ShownLedger[], format: AnswerFormat): string {
  if (format === 'json') {
    return JSON.stringify(
      shown.map(({ ledger, standing }) => ({ ...ledger, claim: ledger.claim && { ...ledger.claim, standing } })),
      undefined,
      2,
    )
  }
  return answerText({ columns: COLUMNS, rows: shown.map(cellsOf) }, format)
}

function cellsOf({ ledger, standing }: ShownLedger): (string | null)[] {
  const { claim } = ledger
  return [
    ledger.topic,
    String(ledger.partition),
    ledger.epoch === 0 ? null : instantText(ledger.epoch),
    String(ledger.next),
    String(countOffsets(ledger.gaps)),
    String(ledger.givenUp.offsets),
    ledger.maxTimestamp < 0 ? null : instantText(ledger.maxTimestamp),
    claim?.kind ?? null,
    claim && rangesText(claim.offsets, 3),
    standing,
  ]
}
