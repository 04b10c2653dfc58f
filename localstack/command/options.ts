import type { CommandLine } from '../../command/command-line.ts'
import { numberIn, oneOf } from '../../command/option-values.ts'
import type { Environment } from '../../lake/environment.ts'
import { UsageError } from '../../lake/errors.ts'
import { FETCHED_INTERVALS } from '../../lake/fetch/periods.ts'
import { type Interval, isSymbol } from '../../lake/tables/bar.ts'

export const HELP = `npm run local: the whole pipeline on this machine, from history to an Athena answer.

Usage
  npm run local                                    start everything, replay the sample, stay until Ctrl-C
  npm run local -- --once                          replay all of it at full speed, check, print a summary, end
  npm run local -- --once --history DIR --report FILE.json
  npm run local -- --live AAPL,BTC-USD             bars of Yahoo Finance as they come, from ten years of days on
  npm run local -- --check --history DIR           tell what would be read of the folder; starts nothing
  npm run local -- --engine-only                   broker and AWS only; deploys nothing
  npm run local:down                               end an engine that was kept with --keep

Options
  --history DIR       a folder of Parquet or CSV files (also .tsv, .txt, .gz) with columns such as Date, Open, High,
                      Low, Close, Volume, instead of the sample; folders below it are read too
  --live SYMBOLS      fetch these from Yahoo Finance, go on as their sessions do; nothing else is replayed
  --interval NAME     with --live: bars of this length beside the daily ones (1m)
  --check             tell of each file what would be read and rejected, or why it is left out
  --once              replay everything, wait until it has landed, check sent = landed, end
  --strict            end with 1 where a file is left out or a row rejected; without --once as soon as it is seen
  --report FILE       with --once: write the numbers as JSON
  --speed N|max       sessions sent every five seconds (1); --once always runs at "max"
  --keep              leave broker and AWS running at the end; what is sent then lands with the next run
  --reset             forget all state of earlier runs first (what is installed stays)
  --engine NAME       native: Kafka and MiniStack as processes; docker: Redpanda and LocalStack in containers;
                      own: KAFKA_BROKERS and AWS_ENDPOINT_URL say where. Default: docker where a Docker engine
                      answers and has both images, else native
  --engine-only       start broker and AWS, make the cluster and the topic, nothing more
  --port-kafka PORT   Kafka's port (29092); its controller takes the next one
  --port-aws PORT     the AWS endpoint's port (4566)
  --athena NAME       who answers "npm run query": duckdb, in the command itself (the default); or trino, Athena's own
                      engine: a Java server of 1.4 GB memory, 820 MB to download the first time
  --port-trino PORT   Trino's port (8090)
  --topic NAME        the Kafka topic (market.bars)
  --partitions N      partitions of a topic that is made again (4)
  --dir DIR           where state, logs and addresses are kept (.local; or TICKERLAKE_LOCAL_DIR).
                      Programs go to .local/install (or TICKERLAKE_INSTALL_DIR)
  --verbose           show the output of the tools that are run
  --help              this text`

const ENGINES = ['native', 'docker', 'own'] as const
export type EngineKind = (typeof ENGINES)[number]
const ATHENAS = ['duckdb', 'trino'] as const

export interface LiveOptions {
  readonly symbols: readonly string[]
  readonly intervals: readonly Interval[]
  /** Another server that speaks as Yahoo does. */
  readonly endpoint: string | undefined
}

export interface LocalOptions {
  readonly command: 'run' | 'check' | 'engine-only' | 'down'
  /** Undefined where the user leaves it to what the machine has. */
  readonly engine: EngineKind | undefined
  readonly once: boolean
  /** Undefined: history is replayed, nothing is fetched. */
  readonly live: LiveOptions | undefined
  readonly history: string | undefined
  readonly strict: boolean
  readonly report: string | undefined
  readonly speed: number | 'max'
  readonly keep: boolean
  readonly reset: boolean
  readonly portKafka: number
  readonly portAws: number
  /** Who answers queries. */
  readonly athena: (typeof ATHENAS)[number]
  readonly portTrino: number
  readonly topic: string
  readonly partitions: number
  readonly dir: string | undefined
  readonly installDir: string | undefined
  readonly verbose: boolean
}

export const OPTIONS = {
  once: { type: 'boolean', default: false },
  history: { type: 'string' },
  live: { type: 'string' },
  interval: { type: 'string' },
  check: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  report: { type: 'string' },
  speed: { type: 'string' },
  keep: { type: 'boolean', default: false },
  reset: { type: 'boolean', default: false },
  engine: { type: 'string' },
  'engine-only': { type: 'boolean', default: false },
  down: { type: 'boolean', default: false },
  'port-kafka': { type: 'string', default: '29092' },
  'port-aws': { type: 'string', default: '4566' },
  athena: { type: 'string', default: 'duckdb' },
  'port-trino': { type: 'string', default: '8090' },
  topic: { type: 'string', default: 'market.bars' },
  partitions: { type: 'string', default: '4' },
  dir: { type: 'string' },
  verbose: { type: 'boolean', default: false },
} as const

type Values = CommandLine<typeof OPTIONS>['values']

/** What the command line asks for; throws a UsageError that says what was wanted. */
export function localOptions(values: Values, env: Environment): LocalOptions {
  refuseContradictions(values)
  const live = liveOf(values, env)
  const options: LocalOptions = {
    command: commandOf(values),
    engine: values.engine === undefined ? undefined : oneOf(ENGINES, '--engine', values.engine),
    once: values.once,
    live,
    history: values.history,
    strict: values.strict,
    report: values.report,
    // What was fetched is a past only because it came in one piece.
    speed: values.once ? 'max' : speedOf(values.speed ?? (live ? 'max' : '1')),
    keep: values.keep,
    reset: values.reset,
    portKafka: numberIn({ option: '--port-kafka', min: 1, max: 65_534 }, values['port-kafka']),
    portAws: numberIn({ option: '--port-aws', min: 1, max: 65_535 }, values['port-aws']),
    athena: oneOf(ATHENAS, '--athena', values.athena),
    portTrino: numberIn({ option: '--port-trino', min: 1, max: 65_535 }, values['port-trino']),
    topic: topicOf(values.topic),
    partitions: numberIn({ option: '--partitions', min: 1, max: 1_000 }, values.partitions),
    dir: values.dir ?? env['TICKERLAKE_LOCAL_DIR'],
    installDir: env['TICKERLAKE_INSTALL_DIR'],
    verbose: values.verbose,
  }
  refuseOnePort(options)
  return options
}

/** Each program listens on a port of its own; a broker that finds its port taken does not say by whom. */
function refuseOnePort({ portKafka, portAws, portTrino, athena }: LocalOptions): void {
  const ports = [
    ['--port-kafka', portKafka],
    ["Kafka's controller (the port after --port-kafka)", portKafka + 1],
    ['--port-aws', portAws],
    ...(athena === 'trino' ? ([['--port-trino', portTrino]] as const) : []),
  ] as const
  for (const [i, [name, port]] of ports.entries()) {
    const other = ports.slice(0, i).find(([, before]) => before === port)
    if (other) throw new UsageError(`${other[0]} and ${name} are both ${port}; give each a port of its own.`)
  }
}

function refuseContradictions(values: Values): void {
  if (values.report !== undefined && !values.once)
    throw new UsageError('--report is written at the end of --once; give both.')
  if (values.check && values.history === undefined)
    throw new UsageError('--check takes --history DIR: the folder to look at.')
  if (values.athena === 'trino' && values['engine-only'])
    throw new UsageError('--athena trino answers over a deployed lake; --engine-only deploys none. Give one of them.')
  if (values.strict && (values['engine-only'] || values.down))
    throw new UsageError('--strict watches what is read and landed; it does not go with --engine-only or --down.')
}

function liveOf(values: Values, env: Environment): LiveOptions | undefined {
  const { live, interval, once, history } = values
  if (live === undefined) {
    if (interval !== undefined) throw new UsageError('--interval goes with --live SYMBOLS; give both.')
    return undefined
  }
  if (values.check || values.down || values['engine-only'])
    throw new UsageError('--live runs the whole pipeline; it does not go with --check, --down or --engine-only.')
  if (once) throw new UsageError('--live goes on until Ctrl-C, --once ends by itself; give one of them.')
  if (history !== undefined) throw new UsageError('--live fetches its history, --history brings one; give one of them.')
  const symbols = symbolsOf(live)
  const shorter = oneOf(FETCHED_INTERVALS, '--interval', interval ?? '1m')
  return { symbols, intervals: [...new Set(['1d' as const, shorter])], endpoint: env['YAHOO_ENDPOINT'] }
}

function symbolsOf(text: string): readonly string[] {
  const symbols = text.split(',').map((symbol) => symbol.trim().toUpperCase())
  const wrong = symbols.find((symbol) => !isSymbol(symbol))
  if (wrong === undefined) return [...new Set(symbols)]
  throw new UsageError(`--live takes Yahoo symbols with commas between, such as AAPL,BRK-B,BTC-USD; got "${wrong}".`)
}

function commandOf(values: Values): LocalOptions['command'] {
  if (values.down) return 'down'
  if (values.check) return 'check'
  return values['engine-only'] ? 'engine-only' : 'run'
}

function speedOf(text: string): number | 'max' {
  return text === 'max' ? text : numberIn({ option: '--speed', min: 1, max: 99_999, or: 'max' }, text)
}

/** Kafka's own rule (org.apache.kafka.common.internals.Topic), said before a broker is started. */
function topicOf(name: string): string {
  if (/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/.test(name)) return name
  throw new UsageError(`--topic takes up to 249 letters, digits, dots, - and _; got "${name}".`)
}
