/** What the key of a landing file says; `claimKey` in `ledger-object.ts` writes it. */
import { BARS_LANDING } from '../tables.ts'

export interface LandingFile {
  readonly key: string
  readonly topic: string
  readonly partition: number
  /** The first offset of its claim. All offsets of a claim are decided together, so one tells of them all. */
  readonly first: number
}

/** A topic may have dashes, so the key is read from its end; the id is a UUID, or any text without a dash. */
const NAME =
  /^dt=\d{4}-\d{2}-\d{2}\/(.+)-(\d+)-(\d+)-\d+-(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[^-/]+)\.parquet$/

/** The landing file at a key, or undefined where the key is not of one. */
export function landingFileOf(key: string): LandingFile | undefined {
  if (!key.startsWith(`${BARS_LANDING.prefix}/`)) return undefined
  const [, topic, partition, first] = NAME.exec(key.slice(BARS_LANDING.prefix.length + 1)) ?? []
  if (!topic) return undefined
  return { key, topic, partition: Number(partition), first: Number(first) }
}
