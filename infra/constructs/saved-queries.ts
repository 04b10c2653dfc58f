import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CfnNamedQuery } from 'aws-cdk-lib/aws-athena'
import { CfnTable } from 'aws-cdk-lib/aws-glue'
import { Construct } from 'constructs'
import { parseSavedQuery, parseSavedView, type SavedView } from '../../lake/queries/saved-query.ts'
import { viewsInOrder } from '../../lake/queries/saved-views.ts'

export interface SavedQueriesProps {
  readonly catalogId: string
  readonly databaseName: string
  readonly workgroupName: string
}

const FOLDER = join(import.meta.dirname, '../../queries')

/** The folder queries/ in Athena's console: its files as named queries, its views as views of the database. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { catalogId, databaseName, workgroupName }: SavedQueriesProps) {
    super(scope, id)
    for (const [name, text] of sqlFiles(FOLDER)) {
      const { doc, sql } = parseSavedQuery(name, text)
      new CfnNamedQuery(this, pascal(name), {
        name,
        description: doc,
        database: databaseName,
        workGroup: workgroupName,
        queryString: sql,
      })
    }
    for (const view of viewsInOrder(
      sqlFiles(join(FOLDER, 'views')).map(([name, text]) => parseSavedView(name, text)),
    )) {
      new CfnTable(this, `View${pascal(view.name)}`, {
        catalogId,
        databaseName,
        tableInput: viewInput(view, databaseName),
      })
    }
  }
}

function sqlFiles(folder: string): readonly (readonly [name: string, text: string])[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  return files.sort().map((file) => [basename(file, '.sql'), readFileSync(join(folder, file), 'utf8')])
}

/** A view as Athena itself writes it into Glue: Trino's definition as base64, and the columns in Hive's types beside it. */
function viewInput({ name, doc, columns, sql }: SavedView, schema: string): CfnTable.TableInputProperty {
  const definition = {
    originalSql: sql,
    catalog: 'awsdatacatalog',
    schema,
    columns: columns.map(({ name: column, type }) => ({ name: column, type })),
  }
  return {
    name,
    description: doc,
    tableType: 'VIRTUAL_VIEW',
    parameters: { presto_view: 'true', comment: 'Presto View' },
    partitionKeys: [],
    viewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`,
    viewExpandedText: '/* Presto View */',
    storageDescriptor: {
      columns: columns.map((column) => ({ name: column.name, type: hiveType(column.type), comment: column.doc })),
      serdeInfo: {},
    },
  }
}

const HIVE_TYPES: Readonly<Record<string, string>> = {
  varchar: 'string',
  integer: 'int',
  varbinary: 'binary',
  real: 'float',
}

function hiveType(trinoType: string): string {
  const bare = trinoType.replace(/\(\d+\)$/, '')
  return bare === 'decimal' ? trinoType : (HIVE_TYPES[bare] ?? bare)
}

function pascal(name: string): string {
  return name.replace(/(^|[-_])([a-z])/g, (_all, _gap, letter: string) => letter.toUpperCase())
}
