/** The command line of the mapping by itself. */
import { type Values, wholeNumber } from './command-line.ts'
import type { ChaosOptions } from './core/chaos-plan.ts'
import { UsageError } from './errors.ts'

export const HELP = `lambda-kafka-local: Lambda's event source mapping for Kafka, on this machine.
Polls topics and invokes functions as AWS does: batches, retries, filters, on-failure destinations.

Usage
  npx lambda-kafka-local --mapping FILE --brokers LIST --handler FILE
  npx lambda-kafka-local --mapping FILE --brokers LIST --endpoint URL
  npx lambda-kafka-local --endpoint URL

Examples
  # a handler file in this process, no Lambda anywhere
  npx lambda-kafka-local --mapping orders.json --brokers 127.0.0.1:9092 --handler ./orders.mjs
  # a function behind a Lambda API: LocalStack, MiniStack, or the runtime interface emulator
  npx lambda-kafka-local --mapping orders.json --brokers 127.0.0.1:9092 --endpoint http://127.0.0.1:4566
  # every Kafka mapping that is deployed to an emulator
  npx lambda-kafka-local --endpoint http://127.0.0.1:4566

Options
  --mapping FILE      JSON: a mapping in the words of AWS's CreateEventSourceMapping, or a list of them
  --brokers LIST      bootstrap brokers, separated by commas; without it the mapping names them
  --handler FILE      a module with an export "handler"; FILE#name takes another export
  --endpoint URL      where the Lambda API answers, and S3, SQS and SNS for what fails
  --timeout SECONDS   how long a --handler may take (60)
  --concurrency N     batches of a mapping that may be with the function at once (5)
  --chaos SEED        make trouble: redeliver with other borders, kill before the commit, invoke twice
  --until-empty       end with exit code 0 when nothing is left to read
  --status SECONDS    write a status line as JSON to stdout this often (0: never) (10)
  --verbose           log every assignment and retry in detail
  --help              this text`

export interface CliOptions {
  readonly mapping: string | undefined
  readonly brokers: readonly string[]
  readonly handler: string | undefined
  readonly endpoint: string | undefined
  readonly timeoutMs: number
  readonly concurrency: number
  readonly chaos: ChaosOptions | undefined
  readonly untilEmpty: boolean
  readonly statusMs: number
  readonly verbose: boolean
}

export const OPTIONS = {
  mapping: { type: 'string' },
  brokers: { type: 'string', default: '' },
  handler: { type: 'string' },
  endpoint: { type: 'string' },
  timeout: { type: 'string', default: '60' },
  concurrency: { type: 'string', default: '5' },
  chaos: { type: 'string' },
  'until-empty': { type: 'boolean', default: false },
  status: { type: 'string', default: '10' },
  verbose: { type: 'boolean', default: false },
} as const

/** What the command line asks for; throws a UsageError that says what was wanted. */
export function cliOptions(values: Values<typeof OPTIONS>): CliOptions {
  if (!values.handler && !values.endpoint)
    throw new UsageError('Which function? Give --handler FILE or --endpoint URL; --help explains.')
  if (values.handler && !values.mapping)
    throw new UsageError('--handler needs --mapping FILE: it says which topic is read.')
  return {
    mapping: values.mapping,
    brokers: values.brokers.split(',').filter(Boolean),
    handler: values.handler,
    endpoint: values.endpoint,
    timeoutMs: 1000 * wholeNumber('--timeout', values.timeout, [1, 900]),
    concurrency: wholeNumber('--concurrency', values.concurrency, [1, 1000]),
    chaos: values.chaos === undefined ? undefined : { seed: wholeNumber('--chaos', values.chaos, [0, 2 ** 32 - 1]) },
    untilEmpty: values['until-empty'],
    statusMs: 1000 * wholeNumber('--status', values.status, [0, 86_400]),
    verbose: values.verbose,
  }
}
