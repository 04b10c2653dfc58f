/** The command line. */
import type { Security } from './adapters/kafka-security.ts'
import { type Values, wholeNumber } from './command-line.ts'
import type { ChaosOptions } from './core/chaos-plan.ts'
import { UsageError } from './errors.ts'

export const HELP = `lambda-kafka-local: Lambda's event source mapping for Kafka, on this machine.
Polls topics and invokes functions as AWS does: batches, retries, filters, on-failure destinations.

Usage
  npx lambda-kafka-local --mapping FILE --brokers LIST --handler FILE
  npx lambda-kafka-local --mapping FILE --brokers LIST --endpoint URL
  npx lambda-kafka-local --template FILE --brokers LIST --lambda-endpoint URL
  npx lambda-kafka-local --endpoint URL

Examples
  # a handler file, no Lambda anywhere
  npx lambda-kafka-local --mapping orders.json --brokers 127.0.0.1:9092 --handler ./orders.mjs
  # a function behind a Lambda API: an emulator, the runtime interface emulator
  npx lambda-kafka-local --mapping orders.json --brokers 127.0.0.1:9092 --endpoint http://127.0.0.1:4566
  # the Kafka events of a SAM template, beside "sam local start-lambda"
  npx lambda-kafka-local --template template.yaml --brokers 127.0.0.1:9092 --lambda-endpoint http://127.0.0.1:3001
  # every Kafka mapping that is deployed to an emulator
  npx lambda-kafka-local --endpoint http://127.0.0.1:4566

Which mapping
  --mapping FILE      JSON: a mapping in the words of AWS's CreateEventSourceMapping, or a list of them
  --template FILE     a template of SAM or CloudFormation, in YAML or JSON: its Kafka events and mappings
  --lenient           pass over what AWS refuses and what is not supported, with a warning
Which function
  --handler FILE      a module with an export "handler"; FILE#name takes another export
  --timeout SECONDS   how long a --handler may take (60)
  --memory MB         what its context tells (128)
  --endpoint URL      where an emulator answers: Lambda, and S3, SQS and SNS for what fails
  --lambda-endpoint URL, --destination-endpoint URL
                      the same, each for itself
  --region REGION     the region of all of these (us-east-1)
Which brokers
  --brokers LIST      bootstrap brokers, separated by commas; without it the mapping names them
  --security KIND     plaintext, tls, plain, scram-256, scram-512 or msk-iam (plaintext)
  --username NAME, --password-file FILE
                      for plain and scram
  --ca FILE           the authority of the brokers' certificates, in PEM
  --no-tls            plain and scram without TLS
How
  --concurrency N     batches of a mapping that may be with the function at once (5)
  --chaos SEED        make trouble: redeliver with other borders, kill before the commit, invoke twice
  --until-empty       end when nothing is left to read: 0, or 1 where the function cannot be invoked
  --status SECONDS    write a status line as JSON to stdout this often (0: never) (10)
  --verbose           log every assignment and retry in detail
  --help              this text`

export interface CliOptions {
  readonly mapping: string | undefined
  readonly template: string | undefined
  readonly lenient: boolean
  readonly brokers: readonly string[]
  readonly security: SecurityOptions
  readonly handler: string | undefined
  readonly endpoint: string | undefined
  readonly lambdaEndpoint: string | undefined
  readonly destinationEndpoint: string | undefined
  readonly region: string
  readonly timeoutMs: number
  readonly memoryMb: number
  readonly concurrency: number
  readonly chaos: ChaosOptions | undefined
  readonly untilEmpty: boolean
  readonly statusMs: number
  readonly verbose: boolean
}

/** What was said of the brokers; the password is still in its file. */
export interface SecurityOptions {
  readonly kind: Security['kind']
  readonly username: string | undefined
  readonly passwordFile: string | undefined
  readonly ca: string | undefined
  readonly tls: boolean
}

export const OPTIONS = {
  mapping: { type: 'string' },
  template: { type: 'string' },
  lenient: { type: 'boolean', default: false },
  brokers: { type: 'string', default: '' },
  security: { type: 'string', default: 'plaintext' },
  username: { type: 'string' },
  'password-file': { type: 'string' },
  ca: { type: 'string' },
  'no-tls': { type: 'boolean', default: false },
  handler: { type: 'string' },
  endpoint: { type: 'string' },
  'lambda-endpoint': { type: 'string' },
  'destination-endpoint': { type: 'string' },
  region: { type: 'string', default: 'us-east-1' },
  timeout: { type: 'string', default: '60' },
  memory: { type: 'string', default: '128' },
  concurrency: { type: 'string', default: '5' },
  chaos: { type: 'string' },
  'until-empty': { type: 'boolean', default: false },
  status: { type: 'string', default: '10' },
  verbose: { type: 'boolean', default: false },
} as const

type CliValues = Values<typeof OPTIONS>

/** What the command line asks for; throws a UsageError that says what was wanted. */
export function cliOptions(values: CliValues): CliOptions {
  checkWhich(values)
  return {
    mapping: values.mapping,
    template: values.template,
    lenient: values.lenient,
    brokers: values.brokers.split(',').filter(Boolean),
    security: securityOptions(values),
    handler: values.handler,
    endpoint: values.endpoint,
    lambdaEndpoint: values['lambda-endpoint'],
    destinationEndpoint: values['destination-endpoint'],
    region: values.region,
    timeoutMs: 1000 * wholeNumber('--timeout', values.timeout, [1, 900]),
    memoryMb: wholeNumber('--memory', values.memory, [128, 10_240]),
    concurrency: wholeNumber('--concurrency', values.concurrency, [1, 1000]),
    chaos: values.chaos === undefined ? undefined : { seed: wholeNumber('--chaos', values.chaos, [0, 2 ** 32 - 1]) },
    untilEmpty: values['until-empty'],
    statusMs: 1000 * wholeNumber('--status', values.status, [0, 86_400]),
    verbose: values.verbose,
  }
}

function checkWhich({ handler, endpoint, mapping, template, ...values }: CliValues): void {
  if (!handler && !endpoint && !values['lambda-endpoint'])
    throw new UsageError(
      'Which function? Give --handler FILE, --endpoint URL or --lambda-endpoint URL; --help explains.',
    )
  if (mapping && template) throw new UsageError('Give one of --mapping and --template.')
  if (handler && !mapping && !template)
    throw new UsageError('--handler needs --mapping FILE or --template FILE: it says which topic is read.')
}

const KINDS = [
  'plaintext',
  'tls',
  'plain',
  'scram-256',
  'scram-512',
  'msk-iam',
] as const satisfies readonly Security['kind'][]

function securityOptions(values: CliValues): SecurityOptions {
  const kind = KINDS.find((known) => known === values.security)
  if (!kind) throw new UsageError(`--security takes ${KINDS.join(', ')}; got "${values.security}".`)
  const isByPassword = kind === 'plain' || kind === 'scram-256' || kind === 'scram-512'
  const { username, ca, 'password-file': passwordFile } = values
  if (isByPassword && !(username && passwordFile))
    throw new UsageError(`--security ${kind} needs --username NAME and --password-file FILE.`)
  return { kind, username, passwordFile, ca, tls: !values['no-tls'] }
}
