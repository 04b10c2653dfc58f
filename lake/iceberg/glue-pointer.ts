import {
  CreateTableCommand,
  GetTableCommand,
  GlueClient,
  type GlueClientConfig,
  type Table,
  type TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue'
import { fullMessageOf, TickerlakeError } from '../errors.ts'
import { BARS } from '../tables/tables.ts'
import { schemaOf, type TableMetadata } from './metadata.ts'
import type { Moved, Pointer, PointerState } from './pointer.ts'
import type { IcebergField } from './table-schema.ts'

export interface GlueTable {
  readonly database: string
  readonly name: string
  readonly doc: string
  /** `s3://` path of the table's files. */
  readonly location: string
}

export interface BarsInGlue {
  readonly config: GlueClientConfig
  readonly database: string
  readonly bucket: string
}

/** Where the catalog has the table `bars`. */
export function barsInGlue({ config, database, bucket }: BarsInGlue): Pointer {
  const location = `s3://${bucket}/${BARS.prefix}`
  return gluePointer(new GlueClient(config), { database, name: BARS.name, doc: BARS.doc, location })
}

/**
 * A table of the Glue catalog as pointer: its parameters are those of Iceberg's own GlueCatalog, by which Athena, Trino,
 * Spark and PyIceberg know it, and `VersionId` is the lock (AWS, "UpdateTable").
 */
export function gluePointer(glue: GlueClient, { database, name, doc, location }: GlueTable): Pointer {
  const DatabaseName = database
  const inputOf = (parameters: Record<string, string>, metadata: TableMetadata): TableInput => ({
    Name: name,
    Description: doc,
    TableType: 'EXTERNAL_TABLE',
    Parameters: parameters,
    // Said, for the folder of an older release has one.
    PartitionKeys: [],
    StorageDescriptor: { Location: metadata.location, Columns: schemaOf(metadata).fields.map(columnOf) },
  })
  return {
    async load() {
      const found = await unless(NO_TABLE, () => glue.send(new GetTableCommand({ DatabaseName, Name: name })))
      return found && stateOf(found.Table, { name: `${database}.${name}`, location })
    },
    async create(metadataFile, metadata) {
      const TableInput = inputOf({ table_type: 'ICEBERG', metadata_location: metadataFile }, metadata)
      return movedBy(() => glue.send(new CreateTableCommand({ DatabaseName, TableInput })))
    },
    async move(from, to, metadata) {
      const previous = from.metadataFile === undefined ? {} : { previous_metadata_location: from.metadataFile }
      const parameters = { ...from.parameters, table_type: 'ICEBERG', metadata_location: to, ...previous }
      const TableInput = inputOf(parameters, metadata)
      const update = { DatabaseName, TableInput, VersionId: from.version, SkipArchive: true }
      return movedBy(() => glue.send(new UpdateTableCommand(update)))
    },
  }
}

const NO_TABLE = ['EntityNotFoundException']
/** A table that is there already, or has moved since its version was read. */
const LOST = ['AlreadyExistsException', 'ConcurrentModificationException']

function stateOf(
  table: Table | undefined,
  { name, location }: { readonly name: string; readonly location: string },
): PointerState {
  const { Parameters: parameters = {}, VersionId: version, StorageDescriptor: storage } = table ?? {}
  const metadataFile = parameters['metadata_location']
  if (metadataFile !== undefined && version !== undefined) return { metadataFile, version, parameters }
  // What says where its folders are is of an older tickerlake, or of the template, and means nothing to an Iceberg table.
  if (version !== undefined && storage?.Location === `${location}/`) return { metadataFile, version }
  throw new TickerlakeError(
    'not-iceberg',
    `The table ${name} of the Glue catalog is no Iceberg table, and lies at ${storage?.Location ?? 'no location'}, not at ${location}/: not ours to change. Drop or rename it, and the next compaction makes the table.`,
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
    const said = fullMessageOf(cause)
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
