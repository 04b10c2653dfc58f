import { runCommand } from '../command/command.ts'

const HELP = `
Runs SQL in Athena's dialect over the lake and prints the answer.

  npm run query                                   asks for statements, on a terminal
  npm run query -- "SELECT symbol, count(*) AS bars FROM bars GROUP BY symbol"
  npm run query -- --list
  npm run query -- --name daily-returns --param symbol=MSFT
  npm run query -- --file report.sql --out report.parquet
  npm run query -- --as-of 2026-11-20T12:00 "SELECT count(*) FROM bars"
  npm run -s query -- --format csv "SELECT * FROM bars" > bars.csv
  echo "SHOW TABLES" | npm run query -- -

Options
  --list                    the saved queries, with their parameters and defaults
  --name NAME               run a saved query
  --param NAME=VALUE        a parameter of it; may be given several times
  --file FILE.sql           run the statement of a file
  --format table|csv|json   how the answer is printed (default: table)
  --expanded                a line for each cell, for rows wider than the terminal
  --out FILE                write the answer to a file instead: .csv, .json, .parquet
  --safe-csv                keep spreadsheets from running cells of the CSV as formulas
  --allow-ddl               let Athena on AWS run what is no query: CREATE, DROP, INSERT …
  --as-of TIME|SNAPSHOT     bars as it was then, as far back as snapshots are kept ("npm run lake -- snapshots");
                            a statement that reads more than bars is refused, for the rest has no past
  --stage NAME              the deployed stage (default: the local engine if one runs, else dev)

It asks AWS_ENDPOINT_URL where that is set, else the local engine if one runs, else AWS. On this machine DuckDB answers
over the lake's files, as Athena would, or says that it cannot. Ctrl-C cancels the query.
`

await runCommand({
  help: HELP,
  words: true,
  options: {
    list: { type: 'boolean', default: false },
    name: { type: 'string' },
    param: { type: 'string', multiple: true, default: [] },
    file: { type: 'string' },
    format: { type: 'string' },
    expanded: { type: 'boolean', default: false },
    out: { type: 'string' },
    'safe-csv': { type: 'boolean', default: false },
    'allow-ddl': { type: 'boolean', default: false },
    'as-of': { type: 'string' },
    stage: { type: 'string' },
  },
  async run(given, interrupted) {
    // What runs is loaded now, so that help answers at once.
    const { runQuery } = await import('./query/run-query.ts')
    return runQuery({ ...given, env: process.env }, interrupted)
  },
})
