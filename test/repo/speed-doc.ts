/** docs/speed.md, made from a run of the benchmarks. */
import { measuresTable, readRun } from '../bench/measures.ts'

export const MEASURED = 'test/bench/measured.json'

export function speedDoc(): string {
  const { date, machine, node, commit, measures } = readRun(MEASURED)
  return `# Speed

Made from \`${MEASURED}\` by \`npm run docs\`; a test holds the two together. Measured on ${date} at ${commit},
${machine}, Node ${node.slice(1)}, by:

    SPARK_PYTHON=… npm run bench -- --save ${MEASURED}

Each line is one piece of work, ours and what people use instead, in the same run: CPU time of all threads, as the
machine is shared. A ratio of 2 means half of the time, or of the bytes. With \`--compare\` in the place of \`--save\` it runs
again, and ends with 1 where a ratio is a fifth worse; continuous integration keeps no timing, for its machines differ.

${measuresTable(measures)}

- **landing**: the records of one event as Lambda hands them over, decoded, judged and written as a file with all
  columns of \`bars_landing\`. parquetjs-lite judges nothing, and writes rows as its README shows. "base64 and JSON.parse
  alone" is the least that any consumer in JavaScript does before it does anything: no file comes of it.
  The dearest and the cheapest size of event are beside each other in the line of a single record: small events pay for
  their file, events beyond Lambda's 6 MB for memory.
- **Kafka to Parquet** (where the run had SPARK_PYTHON): the same topic of a real broker to Parquet files in a folder, by
  our consumer and by Spark Structured Streaming 4.0.1, which judges nothing; its start (Java, session) is not counted.
  The consumer is given the events of the local mapping, as Lambda gives them; on AWS, Lambda itself reads Kafka, on a
  laptop the mapping does. "Sent until readable": the mapping waits a second for more (\`batchWindowSeconds\`), Spark starts
  a batch as soon as it can.
- **compaction**: a month of minute bars, every hundredth of them corrected, merged to the newest version of each,
  sorted and written. DuckDB reads the same files and writes the same rows.
- **forecast**: 432 symbols of five years, trained and forecast. AutoARIMA's time is one fit a symbol of statsforecast
  2.1.1, measured elsewhere on a machine of the same kind. The first run is a process of its own: nine fits for the
  scores, one for use, 172,800 scored forecasts written.
`
}
