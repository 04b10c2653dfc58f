import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { isSafe } from 'redos-detector'
import ts from 'typescript'

/** Ways in which one text may be matched: beyond a handful the time grows faster than the text. */
const MAX_SCORE = 200
/** Everything that runs anywhere: in the cloud, on a laptop, in a browser, in somebody else's project. */
const FILES = globSync('{lake,lambdas,cli,command,dashboard,localstack,infra,packages/*/src}/**/*.ts')

/** Their texts are short by their nature, or whoever runs them has written them. */
const BOUNDED: ReadonlyMap<string, string> = new Map([
  ['infra/constructs/saved-queries.ts', 'our own SQL files'],
  ['infra/knobs/watch-knobs.ts', "the deployer's own setting"],
  ['localstack/native/maven.ts', "Maven's settings of whoever runs it"],
  ['packages/lambda-kafka-local/src/adapters/handler-file.ts', 'the name of a file'],
  ['packages/lambda-kafka-local/src/template-values.ts', "the reader's own template"],
  ['lake/compaction/compaction-mark.ts', 'Kafka has no topics of more than 249 characters'],
  ['lake/iceberg/table-files.ts', 'S3 has no keys of more than 1,024 bytes'],
  ['lake/ledger/ledger-object.ts', 'S3 has no keys of more than 1,024 bytes'],
  ['localstack/duckdb/ask-duckdb.ts', "the first line of DuckDB's complaint"],
  ['localstack/trino/trino-query-engine.ts', "the asker's own SQL"],
  ['lake/queries/saved-query.ts', 'our own SQL files'],
  ['lake/queries/athena-sql/correlation.ts', "the asker's own SQL, a column at a time"],
  ['lake/queries/athena-sql/signatures.ts', 'our own list of functions'],
  ['lake/queries/athena-sql/sorting.ts', "the asker's own SQL"],
  ['lake/queries/athena-sql/special-functions.ts', "the asker's own SQL"],
  ['lake/queries/athena-sql/json-functions.ts', "the asker's own SQL"],
  ['lake/queries/athena-sql/regexp-functions.ts', "the asker's own SQL"],
  ['lake/queries/athena-sql/format-function.ts', "the asker's own SQL"],
  ['lake/queries/athena-sql/time-formats.ts', "the asker's own SQL"],
  ['lake/queries/sql-tokens.ts', "the asker's own SQL"],
  ['lambdas/producer/producer.lambda.ts', "the deployment's own settings"],
])

function patternsIn(file: string): readonly RegExp[] {
  const patterns: RegExp[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      // The detector knows no names of groups.
      const source = node.text.slice(1, end).replaceAll(/\(\?<[A-Za-z]\w*>/g, '(')
      patterns.push(new RegExp(source, node.text.slice(end + 1)))
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest))
  return patterns
}

describe('a pattern takes time that grows with the text and no faster', () => {
  test('the detector finds what was found here once', () => {
    assert.equal(isSafe(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, { maxScore: MAX_SCORE }).safe, false)
    assert.equal(isSafe(/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i, { maxScore: MAX_SCORE }).safe, true)
  })

  for (const file of FILES) {
    const patterns = patternsIn(file)
    if (patterns.length === 0 || BOUNDED.has(file)) continue
    test(file, () => {
      const quadratic = patterns.filter((pattern) => !isSafe(pattern, { maxScore: MAX_SCORE, timeout: 60_000 }).safe)

      assert.deepEqual(quadratic.map(String), [])
    })
  }
})
