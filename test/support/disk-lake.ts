/** A lake in a folder of this machine, as the dashboard is given one: no engine, no broker, the real page and the real server over it. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DashboardLake, readOnly } from '../../dashboard/server/lake.ts'
import { markOf } from '../../lake/compaction/table-mark.ts'
import { ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import type { TopicLog } from '../../lake/ledger/topic-log.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { lakeQueryEngine } from '../../localstack/duckdb/lake-query-engine.ts'
import { lakeOn, tableOn } from './compaction.ts'
import { FolderObjectStore } from './folder-object-store.ts'

interface DiskLakeProps {
  readonly topicLog?: TopicLog
  /** Whose ledgers. */
  readonly cluster?: string
}

export function diskLake({ topicLog, cluster = 'test-cluster' }: DiskLakeProps = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-disk-lake-'))
  const store = new FolderObjectStore(join(folder, 'objects'))
  const ledgers = new ObjectLedgers({ store, cluster, encoder: parquetEncoder(), nonce: randomUUID })
  const engineOf = (files: Parameters<typeof lakeQueryEngine>[0], name: string) =>
    lakeQueryEngine(files, { folder: join(folder, name) })
  const lake: DashboardLake = {
    stage: 'local',
    where: `the folder ${folder}`,
    topic: 'market.bars',
    bucket: 'disk',
    files: readOnly(lakeOn(store)),
    ownEngine: (files, copies) => engineOf(files, copies),
    engine: engineOf(lakeOn(store), 'command'),
    compacted: () => markOf(tableOn(store), store),
    ledgers: async () => ledgers,
    topicLog: topicLog && (async () => topicLog),
    mapping: () => undefined,
    lookMs: 500,
  }
  return { lake, store, ledgers, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
