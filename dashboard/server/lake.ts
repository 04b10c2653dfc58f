/** What the dashboard is given: a lake to read. It has no way to write. */
import type { CompactionMark } from '../../lake/compaction/compaction-mark.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import type { Ledgers } from '../../lake/ledger/ledgers.ts'
import type { TopicLog } from '../../lake/ledger/topic-log.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { MappingNow } from '../api.ts'
import type { CloudNow } from '../cloud-now.ts'

/** The verbs of a store that leave it as it is. */
type LakeFiles = Pick<ObjectStore, 'get' | 'head' | 'getRange' | 'list'>

/** A store whose other verbs fail: what the dashboard is given cannot change a lake, whatever is wrong with it. */
export function readOnly(store: LakeFiles): ObjectStore {
  const refuse = (key: string): never => {
    throw new TickerlakeError('read-only', `The dashboard reads; it was about to change ${key}.`)
  }
  return {
    get: (key) => store.get(key),
    head: (key) => store.head(key),
    getRange: (key, start, end) => store.getRange(key, start, end),
    list: (prefix, options) => store.list(prefix, options),
    put: refuse,
    delete: refuse,
  }
}

export interface DashboardLake {
  readonly stage: string
  /** For people: `the local engine at http://…`, `AWS`. */
  readonly where: string
  readonly topic: string
  readonly bucket: string
  /** Read only. */
  readonly files: ObjectStore
  /**
   * Answers the page's own questions, in this process: nobody is billed for opening a page. Engines over other files keep
   * other copies.
   */
  readonly ownEngine: (files: ObjectStore, copies: 'page' | 'findings') => QueryEngine
  /** Answers what a person asks on the page Query: the same as `npm run query`. */
  readonly engine: QueryEngine
  /** What the newest snapshot of `bars` has compacted. */
  readonly compacted: () => Promise<CompactionMark>
  /** Undefined where nothing was landed yet, or several clusters have landed. */
  readonly ledgers: () => Promise<Ledgers | undefined>
  /** Undefined where the broker is out of reach. */
  readonly topicLog: (() => Promise<TopicLog>) | undefined
  /** What the local mapping says of itself; undefined where none runs here. */
  readonly mapping: () => MappingNow | undefined
  /** What AWS tells of the stream; undefined where the lake is not on AWS. */
  readonly cloud?: () => Promise<CloudNow>
  /** How often the lake is looked at while somebody looks at the page, in milliseconds. */
  readonly lookMs: number
}
