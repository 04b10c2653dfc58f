import { RemovalPolicy } from 'aws-cdk-lib'
import { CfnTable } from 'aws-cdk-lib/aws-glue'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'

export interface OlderBarsProps {
  readonly bucket: Pick<IBucket, 's3UrlForObject'>
  readonly catalogId: string
  readonly databaseName: string
}

/**
 * `bars` as the template of the release before Iceberg has it, word for word: CloudFormation finds nothing to change in a
 * stage that has it, and so touches neither this table nor the Iceberg table that the compactor's first commit makes of
 * it, in one update of the catalog. A template without it would take it away, and Athena would be without `bars` until that
 * commit; with anything changed in it, the next deployment would set the Iceberg table back to this folder. So nothing here
 * follows `lake/tables` or a knob. It is retained, so that a later release can leave it out (docs/decisions/0234).
 */
export class OlderBars extends Construct {
  constructor(scope: Construct, id: string, { bucket, catalogId, databaseName }: OlderBarsProps) {
    super(scope, id)
    const location = bucket.s3UrlForObject('bars')
    const table = new CfnTable(this, 'Table', {
      catalogId,
      databaseName,
      tableInput: {
        name: 'bars',
        description:
          'One row per (symbol, interval, ts_event), the newest version, sorted so that one symbol is cheap to read.',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: 'month', type: 'string', comment: 'Month of ts_event (UTC).' }],
        parameters: {
          classification: 'parquet',
          'projection.enabled': 'true',
          'projection.month.type': 'date',
          'projection.month.format': 'yyyy-MM',
          'projection.month.interval': '1',
          'projection.month.interval.unit': 'MONTHS',
          'projection.month.range': '1962-01,NOW+1MONTHS',
          'storage.location.template': `${location}/month=\${month}/`,
        },
        storageDescriptor: {
          location: `${location}/`,
          columns: COLUMNS.map(([name, type, comment]) => ({ name, type, comment })),
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    })
    // A first deployment that fails takes its own away again.
    table.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
  }
}

const PRICE = 'Unit: the quote currency of the symbol, as Yahoo Finance gives it.'

const COLUMNS: readonly (readonly [name: string, type: string, comment: string])[] = [
  ['symbol', 'string', 'Yahoo symbol.'],
  ['interval', 'string', "Length of the bar in Yahoo's words."],
  ['ts_event', 'timestamp', "The bar's own time."],
  ['open', 'double', `First price of the interval. ${PRICE}`],
  ['high', 'double', `Highest price of the interval. ${PRICE}`],
  ['low', 'double', `Lowest price of the interval. ${PRICE}`],
  ['close', 'double', `Last price of the interval. ${PRICE}`],
  ['adj_close', 'double', `Close adjusted for splits and dividends, newest statement. ${PRICE}`],
  ['volume', 'bigint', 'Volume traded in the interval. Unit: shares or contracts.'],
  ['source', 'string', 'Where the bar comes from: the history file that it was read from.'],
  ['run_id', 'string', 'The replay that sent this version.'],
  ['ts_sent', 'timestamp', 'When the producer sent this version.'],
  ['ts_recv', 'timestamp', 'When the consumer took this version.'],
  ['topic', 'string', 'Kafka topic this version came through.'],
  ['kafka_partition', 'int', 'Kafka partition of this version.'],
  ['kafka_offset', 'bigint', 'Kafka offset of this version.'],
  [
    'flags',
    'string',
    'What is odd about the bar, comma between: not_positive, outside_range, zero_volume, flat; else empty.',
  ],
]
