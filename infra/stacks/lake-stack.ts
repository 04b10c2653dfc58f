import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena'
import { CfnDatabase } from 'aws-cdk-lib/aws-glue'
import type { Construct } from 'constructs'
import { LAYOUT } from '../../lake/layout.ts'
import type { Table } from '../../lake/tables/table.ts'
import { FOLDER_TABLES, TABLES } from '../../lake/tables/tables.ts'
import { LakeBucket } from '../constructs/lake-bucket.ts'
import { LakeTable } from '../constructs/lake-table.ts'
import { OlderBars } from '../constructs/older-bars.ts'
import { Readers } from '../constructs/readers.ts'
import { SavedQueries } from '../constructs/saved-queries.ts'
import type { Stage } from '../stage.ts'

export interface LakeStackProps extends StackProps {
  readonly stage: Stage
}

/** What keeps data: the bucket, the catalog over it, and the workgroup that queries it. */
export class LakeStack extends Stack {
  readonly lake: LakeBucket

  constructor(scope: Construct, id: string, { stage, ...props }: LakeStackProps) {
    super(scope, id, { description: `tickerlake ${stage.name}: the lake, what keeps data`, ...props })
    const keep = stage.keepOnDestroy
    const { encryption, accessLogs, bucketName, lakeKeyArn: keyArn } = stage
    this.lake = new LakeBucket(this, 'Lake', { encryption, accessLogs, keep, bucketName, keyArn })
    new CfnOutput(this, 'BucketName', { value: this.lake.bucket.bucketName })
    if (this.lake.key) new CfnOutput(this, 'LakeKeyArn', { value: this.lake.key.keyArn })
    if (stage.emulator !== 'localstack') this.catalog(stage)
  }

  /** Tables over the bucket, and the workgroup that queries them. */
  private catalog(stage: Stage): void {
    const database = new CfnDatabase(this, 'Database', {
      catalogId: this.account,
      databaseInput: { name: stage.database, description: 'Market bars from Kafka, and what is made of them.' },
    })
    // Never kept: it says where data lies, which the next deployment says again, and would stumble over one left behind.
    database.applyRemovalPolicy(RemovalPolicy.DESTROY)
    const { bucket } = this.lake
    new OlderBars(this, 'Bars', { bucket, catalogId: this.account, databaseName: stage.database }).node.addDependency(
      database,
    )
    for (const table of FOLDER_TABLES) {
      const made = new LakeTable(this, idOf(table), {
        table,
        bucket,
        catalogId: this.account,
        databaseName: stage.database,
        projectedRange: projectedRange(table, stage),
      })
      made.node.addDependency(database)
    }
    const workgroup = this.workgroup(stage)
    // The emulator's CloudFormation knows no named queries; the local query command brings the views itself.
    if (stage.name !== 'local') this.savedQueries(stage, [database, workgroup])

    if (stage.readers.length > 0) {
      const [lake, workgroupName] = [this.lake, workgroupNameOf(stage)]
      const { readers: principals, database: name } = stage
      new Readers(this, 'Readers', { principals, lake, database: name, workgroup: workgroupName, tables: TABLES })
    }

    new CfnOutput(this, 'DatabaseName', { value: stage.database })
    new CfnOutput(this, 'WorkgroupName', { value: workgroup.name })
  }

  private savedQueries(stage: Stage, after: readonly (CfnDatabase | CfnWorkGroup)[]): void {
    const { database: databaseName } = stage
    const saved = new SavedQueries(this, 'Saved', {
      catalogId: this.account,
      databaseName,
      workgroupName: workgroupNameOf(stage),
    })
    saved.node.addDependency(...after)
  }

  private workgroup(stage: Stage): CfnWorkGroup {
    const { bucket, key } = this.lake
    return new CfnWorkGroup(this, 'Workgroup', {
      name: workgroupNameOf(stage),
      description: 'Queries of the lake, with a limit on what one may scan.',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: stage.scanLimitMb * 1_000_000,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: bucket.s3UrlForObject(`${LAYOUT.athenaResults}/`),
          encryptionConfiguration: key
            ? { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn }
            : { encryptionOption: 'SSE_S3' },
        },
      },
    })
  }
}

export function workgroupNameOf(stage: Stage): string {
  return `tickerlake-${stage.name}`
}

/** Days follow the expiry of landed files, with a day to spare at each end; months reach as far back as history. */
function projectedRange({ partitionKey }: Table, stage: Stage): string {
  return partitionKey.grain === 'day'
    ? `NOW-${stage.landingDays + 1}DAYS,NOW+1DAYS`
    : `${stage.barsFromMonth},NOW+1MONTHS`
}

/** `bars_landing` → `BarsLanding`: the logical id, which must never change. */
function idOf(table: Table): string {
  return table.name.replace(/(^|_)([a-z])/g, (_all, _gap, letter: string) => letter.toUpperCase())
}
