/** The ledger as an object in the lake's bucket: its key, its JSON and the check of what is read. */

import { TickerlakeError } from '../errors.ts'
import { LAYOUT } from '../layout.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { Claim, Ledger, TopicPartition } from './ledger.ts'
import type { OffsetRange } from './offset-ranges.ts'

export const LEDGER_PREFIX = `${LAYOUT.ledger}/`

/** The version of the JSON below. */
const VERSION = 1

/** `ledger/<cluster>/<topic>/<partition>.json` */
export function ledgerKey(cluster: string, { topic, partition }: TopicPartition): string {
  return `${LEDGER_PREFIX}${cluster}/${topic}/${partition}.json`
}

export interface LedgerName extends TopicPartition {
  readonly cluster: string
}

/** Whose ledger stands at a key, or undefined where the key is not of one. */
export function ledgerNameOf(key: string): LedgerName | undefined {
  const [cluster, topic, file, ...more] = key.startsWith(LEDGER_PREFIX)
    ? key.slice(LEDGER_PREFIX.length).split('/')
    : []
  const partition = /^(\d+)\.json$/.exec(file ?? '')?.[1]
  if (!cluster || !topic || partition === undefined || more.length > 0) return undefined
  return { cluster, topic, partition: Number(partition) }
}

/** The ledgers of a bucket: of one cluster, or where none is named, of all. */
export async function* ledgersIn(store: ObjectStore, cluster?: string): AsyncGenerator<LedgerName> {
  const prefix = cluster === undefined ? LEDGER_PREFIX : `${LEDGER_PREFIX}${cluster}/`
  for await (const { key } of store.list(prefix)) {
    const name = ledgerNameOf(key)
    if (name) yield name
  }
}

export function encodeLedger(ledger: Ledger): string {
  return JSON.stringify({ version: VERSION, ...ledger })
}

/** The ledger that stands at `key`. What is not one is never written over: it throws. */
export function parseLedger(text: string, key: string): Ledger {
  const fields = fieldsOf(text, key)
  const check = checksFor(key)
  if (fields['version'] !== VERSION) throw corrupt(key, `its version is ${String(fields['version'])}, want ${VERSION}`)
  const givenUp = check.object(fields, 'givenUp')
  const claim = fields['claim']
  return {
    topic: check.text(fields, 'topic'),
    partition: check.integer(fields, 'partition'),
    epoch: check.integer(fields, 'epoch'),
    next: check.integer(fields, 'next'),
    gaps: check.ranges(fields, 'gaps'),
    givenUp: {
      offsets: check.integer(givenUp, 'offsets'),
      singles: givenUp['singles'] === undefined ? 0 : check.integer(givenUp, 'singles'),
      below: check.integer(givenUp, 'below'),
    },
    claim: claim === null ? null : claimOf(check.object(fields, 'claim'), check, key),
    maxTimestamp: check.integer(fields, 'maxTimestamp', -1),
    ahead: check.newRanges(fields, 'ahead'),
    ...(fields['stage'] === undefined ? {} : { stage: check.text(fields, 'stage') }),
    nonce: check.text(fields, 'nonce'),
  }
}

function claimOf(fields: Fields, check: Checks, key: string): Claim {
  const kind = fields['kind']
  if (kind !== 'next' && kind !== 'fill') throw corrupt(key, 'claim.kind is neither next nor fill')
  const offsets = check.ranges(fields, 'offsets')
  if (offsets.length === 0) throw corrupt(key, 'its claim is of no offsets')
  return {
    kind,
    id: check.text(fields, 'id'),
    key: check.text(fields, 'key'),
    offsets,
    maxTimestamp: check.integer(fields, 'maxTimestamp', -1),
    ahead: check.newRanges(fields, 'ahead'),
  }
}

type Fields = Readonly<Record<string, unknown>>
type Checks = ReturnType<typeof checksFor>

function fieldsOf(text: string, key: string): Fields {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw corrupt(key, 'it is not JSON', cause)
  }
  if (!isObject(parsed)) throw corrupt(key, 'it is not a JSON object')
  return parsed
}

function checksFor(key: string) {
  const ranges = (fields: Fields, name: string): OffsetRange[] => {
    const value = fields[name]
    if (!Array.isArray(value)) throw corrupt(key, `${name} is not a list`)
    const found = value.map(rangeOf)
    const apart = found.every((range, i) => range && range[0] > (found[i - 1]?.[1] ?? -2) + (i === 0 ? 0 : 1))
    if (!apart) throw corrupt(key, `${name} is not a list of ascending offset ranges`)
    return found.filter((range) => range !== undefined)
  }
  return {
    ranges,
    /** A list that ledgers of an earlier release do not have. */
    newRanges: (fields: Fields, name: string): OffsetRange[] =>
      fields[name] === undefined ? [] : ranges(fields, name),
    text(fields: Fields, name: string): string {
      const value = fields[name]
      if (typeof value !== 'string') throw corrupt(key, `${name} is not text`)
      return value
    },
    integer(fields: Fields, name: string, least = 0): number {
      const value = fields[name]
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
        throw corrupt(key, `${name} is not a whole number of at least ${least}`)
      }
      return value
    },
    object(fields: Fields, name: string): Fields {
      const value = fields[name]
      if (!isObject(value)) throw corrupt(key, `${name} is not an object`)
      return value
    },
  }
}

function rangeOf(value: unknown): OffsetRange | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined
  const [first, last] = value
  return Number.isSafeInteger(first) && Number.isSafeInteger(last) && first >= 0 && first <= last
    ? [first, last]
    : undefined
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function corrupt(key: string, why: string, cause?: unknown): TickerlakeError {
  return new TickerlakeError(
    'ledger-corrupt',
    `The offset ledger ${key} cannot be read: ${why}. Nothing was landed or written over. Look at it with ` +
      '`npm run ledger -- show`, put an older version of the object back, or rebuild it from the landed files with `npm run ledger -- reset`.',
    { cause },
  )
}
