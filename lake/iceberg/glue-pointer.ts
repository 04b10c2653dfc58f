import {
  CreateTableCommand,
  GetTableCommand,
  GlueClient,
  type GlueClientConfig,
  type Table,
  type TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue'
import { TickerlakeError } from '../errors.ts'
import { BARS } from '../tables/tables.ts'
import { schemaOf, type TableMetadata } from './metadata.ts'
import type { Moved, Pointer, PointerState } from './pointer.ts'
import type { IcebergField } from './table-schema.ts'

export interface GlueTable {
  readonly database: string
  readonly name: string
  readonly doc: string
}

export interface BarsInGlue {
  readonly config: GlueClientConfig
  readonly database: string
}

/** Where the catalog has the table `bars`. */
export function barsInGlue({ config, database }: BarsInGlue): Pointer {
  return gluePointer(new GlueClient(config), { database, name: BARS.name, doc: BARS.doc })
}

/**
 * A table of the Glue catalog as pointer: its parameters are those of Iceberg's own GlueCatalog, by which Athena, Trino,
 * Spark and PyIceberg know it, and `VersionId` is the lock (AWS, "UpdateTable").
 */
export function gluePointer(glue: GlueClient, { database, name, doc }: GlueTable): Pointer {
  const DatabaseName = database
  const inputOf = (parameters: Record<string, string>, metadata: TableMetadata): TableInput => ({
    Name: name,
    Description: doc,
    TableType: 'EXTERNAL_TABLE',
    Parameters: parameters,
    StorageDescriptor: { Location: metadata.location, Columns: schemaOf(metadata).fields.map(columnOf) },
  })
  return {
    async load() {
      const found = await unless(NO_TABLE, () => glue.send(new GetTableCommand({ DatabaseName, Name: name })))
      return found && stateOf(found.Table, `${database}.${name}`)
    },
    async create(metadataFile, metadata) {
      const TableInput = inputOf({ table_type: 'ICEBERG', metadata_location: metadataFile }, metadata)
      return movedBy(() => glue.send(new CreateTableCommand({ DatabaseName, TableInput })))
    },
    async move(from, to, metadata) {
      const previous = { metadata_location: to, previous_metadata_location: from.metadataFile }
      const TableInput = inputOf({ ...from.parameters, table_type: 'ICEBERG', ...previous }, metadata)
      const update = { DatabaseName, TableInput, VersionId: from.version, SkipArchive: true }
      return movedBy(() => glue.send(new UpdateTableCommand(update)))
    },
  }
}

const NO_TABLE = ['EntityNotFoundException']
/** A table that is there already, or has moved since its version was read. */
const LOST = ['AlreadyExistsException', 'ConcurrentModificationException']

function stateOf(table: Table | undefined, name: string): PointerState {
  const { Parameters: parameters = {}, VersionId: version } = table ?? {}
  const metadataFile = parameters['metadata_location']
  if (metadataFile !== undefined && version !== undefined) return { metadataFile, version, parameters }
  throw new TickerlakeError(
    'not-iceberg',
    `The table ${name} of the Glue catalog is no Iceberg table: an older tickerlake made it. Deploy the stage again, which takes it away; its files stay, and the next compaction makes the table of them.`,
  )
}

async function movedBy(request: () => Promise<unknown>): Promise<Moved> {
  return (await unless(LOST, request)) === undefined ? 'lost' : 'done'
}

/** What a request answers, or undefined where it fails by one of these names. */
async function unless<T>(names: readonly string[], request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request()
  } catch (cause) {
    if (cause instanceof Error && names.includes(cause.name)) return undefined
    const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    throw new TickerlakeError('catalog', `The Glue catalog refused: ${said}`, { cause })
  }
}

/** Glue's names of Iceberg's types, where they differ. A type of another engine is said as it is. */
const GLUE_TYPES: Readonly<Record<string, string>> = { long: 'bigint', timestamptz: 'timestamp' }

function columnOf({ id, name, type, required, doc = '' }: IcebergField) {
  const word = typeof type === 'string' ? type : JSON.stringify(type)
  return {
    Name: name,
    Type: GLUE_TYPES[word] ?? word,
    Comment: doc.slice(0, 255),
    Parameters: {
      'iceberg.field.id': String(id),
      'iceberg.field.optional': String(!required),
      'iceberg.field.current': 'true',
    },
  }
}
