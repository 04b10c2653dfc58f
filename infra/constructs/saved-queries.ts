import { CfnNamedQuery } from 'aws-cdk-lib/aws-athena'
import { CfnTable } from 'aws-cdk-lib/aws-glue'
import { Construct } from 'constructs'
import type { SavedView } from '../../lake/queries/saved-query.ts'
import { readSavedQueries, readSavedViews } from '../../lake/queries/saved-query-files.ts'
import { glueViewOf } from '../../lake/queries/saved-views.ts'

export interface SavedQueriesProps {
  readonly catalogId: string
  readonly databaseName: string
  readonly workgroupName: string
}

/** The folder queries/ in Athena's console: its files as named queries, its views as views of the database. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { catalogId, databaseName, workgroupName }: SavedQueriesProps) {
    super(scope, id)
    for (const { name, doc, sql } of readSavedQueries()) {
      new CfnNamedQuery(this, pascal(name), {
        name,
        description: doc,
        database: databaseName,
        workGroup: workgroupName,
        queryString: sql,
      })
    }
    for (const view of readSavedViews()) {
      new CfnTable(this, `View${pascal(view.name)}`, {
        catalogId,
        databaseName,
        tableInput: viewInput(view, databaseName),
      })
    }
  }
}

function viewInput(view: SavedView, database: string): CfnTable.TableInputProperty {
  const { originalText, expandedText, columns } = glueViewOf(view, database)
  return {
    name: view.name,
    description: view.doc,
    tableType: 'VIRTUAL_VIEW',
    parameters: { presto_view: 'true', comment: 'Presto View' },
    partitionKeys: [],
    viewOriginalText: originalText,
    viewExpandedText: expandedText,
    storageDescriptor: { columns: [...columns], serdeInfo: {} },
  }
}

function pascal(name: string): string {
  return name.replace(/(^|[-_])([a-z])/g, (_all, _gap, letter: string) => letter.toUpperCase())
}
