/** Trino and the local engine over one bucket, both with the tables and views that the lake stack deploys. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { CreateDatabaseCommand, GlueClient } from '@aws-sdk/client-glue'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { barsTable } from '../../lake/iceberg/bars-table.ts'
import { barsInGlue } from '../../lake/iceberg/glue-pointer.ts'
import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import { followingLake } from '../../lake/iceberg/snapshot-store.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { installNative } from '../../localstack/native/install.ts'
import { startMinistack } from '../../localstack/native/ministack.ts'
import type { PythonInstallDeps } from '../../localstack/native/python-packages.ts'
import { askTrino, type TrinoAnswer } from '../../localstack/trino/trino-client.ts'
import { makeKnown, type TrinoLake, trinoQueryEngine } from '../../localstack/trino/trino-query-engine.ts'
import { installTrino, startTrino } from '../../localstack/trino/trino-server.ts'
import { lakeEngine } from '../support/lake-engine.ts'

const BUCKET = 'trino-lake'
const DATABASE = 'tickerlake'

export interface Engines {
  /** Where S3 and Glue answer. */
  readonly endpoint: string
  readonly bucket: string
  readonly store: ObjectStore
  /** `bars` by the Glue catalog, as a deployed compactor has it. */
  readonly table: IcebergTable
  /** The lake with the newest files of `bars`. */
  readonly lake: ObjectStore
  readonly local: QueryEngine
  readonly trino: (sql: string) => Promise<TrinoAnswer>
  /** Trino as `npm run query` asks it. */
  readonly asked: QueryEngine
  /** Registers what stands in the bucket. */
  readonly register: () => Promise<void>
}

export interface EnginePorts {
  readonly aws: number
  readonly trino: number
}

/** Installs and starts both; they end with the process registry. */
export async function startEngines(folder: string, ports: EnginePorts, deps: PythonInstallDeps): Promise<Engines> {
  const native = await installNative(join(folder, 'engines'), deps)
  const programs = await installTrino(join(folder, 'engines'), deps)
  const endpoint = `http://127.0.0.1:${ports.aws}`
  const place = {
    port: ports.aws,
    brokers: ' ',
    data: join(folder, 'trino', 'aws'),
    scratch: join(folder, 'trino', 'tmp'),
  }
  startMinistack(native, place, deps.registry)
  await startTrino(programs, { port: ports.trino, folder: join(folder, 'trino'), awsEndpoint: endpoint }, deps)
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const s3 = new S3Client({ ...config, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }))
  await new GlueClient(config).send(new CreateDatabaseCommand({ DatabaseInput: { Name: DATABASE } }))
  const session = { port: ports.trino, schema: DATABASE }
  const trino = (sql: string) => askTrino(session, sql)
  const store = new S3ObjectStore(s3, BUCKET)
  const glue = barsInGlue({ config, database: DATABASE, bucket: BUCKET })
  const table = barsTable({ store, bucket: BUCKET, freshId: randomUUID, glue })
  const lake = followingLake(store, table)
  const known: TrinoLake = { session, bucket: BUCKET, bars: table }
  return {
    endpoint,
    bucket: BUCKET,
    store,
    table,
    lake,
    local: lakeEngine(lake),
    trino,
    asked: trinoQueryEngine(known),
    register: () => makeKnown(known),
  }
}
