import { CfnTable } from 'aws-cdk-lib/aws-glue'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { athenaTypeOf, type Column, type Table } from '../../lake/tables/table.ts'

export interface LakeTableProps {
  readonly table: Table
  readonly bucket: Pick<IBucket, 's3UrlForObject'>
  readonly catalogId: string
  readonly databaseName: string
  /** Athena's projection of the partition key: first and last value, `NOW` arithmetic allowed. */
  readonly projectedRange: string
}

/**
 * A table of `core/tables.ts` in the Glue catalog. Its partitions are projected, never registered: a new day or
 * month is there as soon as its first file is. The range is kept tight since Athena lists each projected value.
 */
export class LakeTable extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { table, bucket, catalogId, databaseName, projectedRange }: LakeTableProps,
  ) {
    super(scope, id)
    const { partitionKey, prefix } = table
    new CfnTable(this, 'Table', {
      catalogId,
      databaseName,
      tableInput: {
        name: table.name,
        description: table.doc,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: partitionKey.name, type: 'string', comment: partitionKey.doc }],
        parameters: {
          classification: 'parquet',
          'projection.enabled': 'true',
          ...projection(table, projectedRange),
          'storage.location.template': `${bucket.s3UrlForObject(prefix)}/${partitionKey.name}=\${${partitionKey.name}}/`,
        },
        storageDescriptor: {
          location: `${bucket.s3UrlForObject(prefix)}/`,
          columns: table.columns.map(glueColumn),
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    })
  }
}

function projection({ partitionKey: { name, grain } }: Table, range: string): Record<string, string> {
  return {
    [`projection.${name}.type`]: 'date',
    [`projection.${name}.format`]: grain === 'day' ? 'yyyy-MM-dd' : 'yyyy-MM',
    [`projection.${name}.interval`]: '1',
    [`projection.${name}.interval.unit`]: grain === 'day' ? 'DAYS' : 'MONTHS',
    [`projection.${name}.range`]: range,
  }
}

/** Glue takes comments of up to 255 characters. */
function glueColumn(column: Column): CfnTable.ColumnProperty {
  const comment = column.unit ? `${column.doc} Unit: ${column.unit}.` : column.doc
  return { name: column.name, type: athenaTypeOf(column), comment: comment.slice(0, 255) }
}
