import { CfnTable } from 'aws-cdk-lib/aws-glue'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { projectionOf } from '../../lake/tables/projection.ts'
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
 * A table of `lake/tables` in the Glue catalog. Its partitions are projected, never registered.
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
        parameters: projectionOf(table, bucket.s3UrlForObject(prefix), projectedRange),
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

/** Glue takes comments of up to 255 characters. */
function glueColumn(column: Column): CfnTable.ColumnProperty {
  const comment = column.unit ? `${column.doc} Unit: ${column.unit}.` : column.doc
  return { name: column.name, type: athenaTypeOf(column), comment: comment.slice(0, 255) }
}
