import { ArnFormat, CfnOutput, Stack } from 'aws-cdk-lib'
import { ArnPrincipal, CompositePrincipal, Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { LAYOUT } from '../../lake/layout.ts'
import type { Table } from '../../lake/tables/table.ts'
import { excuse } from './excuse.ts'
import type { LakeBucket } from './lake-bucket.ts'

export interface ReadersProps {
  /** Who may take the role on, as ARNs of IAM. */
  readonly principals: readonly string[]
  readonly lake: LakeBucket
  readonly database: string
  readonly workgroup: string
  readonly tables: readonly Table[]
}

const ASKING = [
  'GetWorkGroup',
  'StartQueryExecution',
  'StopQueryExecution',
  'GetQueryExecution',
  'GetQueryResults',
  'ListQueryExecutions',
  'ListNamedQueries',
  'GetNamedQuery',
].map((call) => `athena:${call}`)

const LOOKING = ['GetDatabase', 'GetTables', 'GetTable', 'GetPartitions', 'GetPartition'].map((call) => `glue:${call}`)

/**
 * A role for analysts: Athena on the stage's tables, in its workgroup, with its limit on what a query scans. It sees
 * neither ledger nor history, and writes nothing but the answers of its own queries.
 */
export class Readers extends Construct {
  readonly role: Role

  constructor(scope: Construct, id: string, { principals, lake, database, workgroup, tables }: ReadersProps) {
    super(scope, id)
    const [first, ...more] = principals.map((arn) => new ArnPrincipal(arn))
    if (first === undefined) throw new TypeError('A role for readers needs somebody who may take it on.')
    this.role = new Role(this, 'Role', {
      assumedBy: more.length === 0 ? first : new CompositePrincipal(first, ...more),
      description: 'Reads the tables by Athena, and nothing else.',
    })
    const stack = Stack.of(this)
    const catalog = (resource: string, resourceName?: string): string =>
      stack.formatArn({
        service: 'glue',
        resource,
        ...(resourceName === undefined
          ? { arnFormat: ArnFormat.NO_RESOURCE_NAME }
          : { resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME }),
      })
    this.allow(ASKING, [stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: workgroup })])
    this.allow(LOOKING, [catalog('catalog'), catalog('database', database), catalog('table', `${database}/*`)])
    for (const { prefix } of tables) lake.grantRead(this.role, prefix)
    lake.grantReadWrite(this.role, LAYOUT.athenaResults)
    // Athena asks where the bucket of its answers is.
    this.allow(['s3:GetBucketLocation'], [lake.bucket.bucketArn])
    const tablesOf = `arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:table/${database}/*`
    excuse(this.role, {
      [`AwsSolutions-IAM5[Resource::${tablesOf}]`]: 'Views that analysts make are tables of this one database.',
    })
    new CfnOutput(stack, 'ReaderRoleArn', { value: this.role.roleArn })
  }

  private allow(actions: string[], resources: string[]): void {
    this.role.addToPrincipalPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }))
  }
}
