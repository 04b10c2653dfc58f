/** The keys of landing files: written here, read here, and nowhere else. */
import { tablePartitionOf, tablePartitionPrefix } from '../tables/table.ts'
import { BARS_LANDING } from '../tables/tables.ts'
import type { TopicPartition } from './ledger.ts'
import type { OffsetRanges } from './offset-ranges.ts'

/** What the key of a landing file says. */
export interface LandingFile extends TopicPartition {
  readonly key: string
  /** First and last offset of its claim. All offsets of a claim are decided together, so one tells of them all. */
  readonly first: number
  readonly last: number
  /** Whose offsets they are; undefined in keys of releases that did not say. */
  readonly cluster: string | undefined
  /** The epoch of the ledger that they count in; undefined where the file alone says it. */
  readonly epoch: number | undefined
}

export interface ClaimName {
  readonly at: TopicPartition
  readonly cluster: string
  readonly epoch: number
  readonly offsets: OffsetRanges
  /** Makes it a key that no other claim has had or will have. */
  readonly id: string
  /** Epoch milliseconds. */
  readonly tsRecv: number
}

/**
 * Where a claim's file stands: `landing/bars/dt=2026-11-22/market.bars-3@100-120@<cluster>@<epoch>@<id>.parquet`. No topic
 * has an @, nor has a cluster once it is escaped: there is one way to take the key apart.
 */
export function claimKey({ at, cluster, epoch, offsets, id, tsRecv }: ClaimName): string {
  const folder = tablePartitionPrefix(BARS_LANDING, tablePartitionOf(BARS_LANDING, tsRecv))
  const [first, last] = [offsets[0]?.[0] ?? 0, offsets.at(-1)?.[1] ?? 0]
  const parts = [`${at.topic}-${at.partition}`, `${first}-${last}`, encodeURIComponent(cluster), epoch, id]
  return `${folder}${parts.join('@')}.parquet`
}

/** What all keys of a topic partition begin with in one table partition: a key of this release, and one of those before. */
export function claimKeyStarts({ topic, partition }: TopicPartition, day: string): readonly string[] {
  return ['@', '-'].map((end) => `${tablePartitionPrefix(BARS_LANDING, day)}${topic}-${partition}${end}`)
}

const DAY = /^dt=\d{4}-\d{2}-\d{2}\//
const SUFFIX = '.parquet'
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const UUID_LENGTH = 36

/** The landing file at a key, or undefined where the key is not of one. */
export function landingFileOf(key: string): LandingFile | undefined {
  const path = key.startsWith(`${BARS_LANDING.prefix}/`) ? key.slice(BARS_LANDING.prefix.length + 1) : ''
  if (!DAY.test(path) || !path.endsWith(SUFFIX)) return undefined
  const name = path.slice(path.indexOf('/') + 1, -SUFFIX.length)
  const said = name.includes('@') ? saidBy(name) : saidByOld(name)
  return said && { key, ...said }
}

type Said = Omit<LandingFile, 'key'>

function saidBy(name: string): Said | undefined {
  const [group = '', range = '', cluster = '', epoch = '', id, ...more] = name.split('@')
  const ends = range.split('-')
  if (!id || id.includes('/') || more.length > 0 || ends.length !== 2) return undefined
  const at = saidByWords([...group.split('-'), ...ends])
  const named = unescaped(cluster)
  const inEpoch = integerOf(epoch)
  return at && named && inEpoch !== undefined ? { ...at, cluster: named, epoch: inEpoch } : undefined
}

/** Before keys said whose they are, an id was always a UUID: cut off as one, so that its digits are not taken for offsets. */
function saidByOld(name: string): Said | undefined {
  if (!UUID.test(name.slice(-UUID_LENGTH)) || name.at(-UUID_LENGTH - 1) !== '-') return undefined
  const at = saidByWords(name.slice(0, -UUID_LENGTH - 1).split('-'))
  return at && { ...at, cluster: undefined, epoch: undefined }
}

/** Topic, partition, first and last offset, a dash between; a topic may have dashes of its own. */
function saidByWords(words: readonly string[]): Omit<Said, 'cluster' | 'epoch'> | undefined {
  const topic = words.slice(0, -3).join('-')
  const [partition, first, last] = words.slice(-3).map(integerOf)
  if (partition === undefined || first === undefined || last === undefined) return undefined
  return /^[\w.-]+$/.test(topic) ? { topic, partition, first, last } : undefined
}

function integerOf(digits: string): number | undefined {
  return /^\d+$/.test(digits) && Number.isSafeInteger(Number(digits)) ? Number(digits) : undefined
}

function unescaped(text: string): string | undefined {
  try {
    return text.includes('/') ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}
