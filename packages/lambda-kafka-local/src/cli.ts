#!/usr/bin/env node
import './node-version.ts'
import { readFile } from 'node:fs/promises'
import { handlerFile } from './adapters/handler-file.ts'
import type { Security } from './adapters/kafka-security.ts'
import { systemClock as clock } from './clock.ts'
import { runCommand, type Values } from './command-line.ts'
import type { MappingDescription } from './core/mapping-description.ts'
import { parseMapping } from './core/parse-mapping.ts'
import { MappingError, UsageError } from './errors.ts'
import { jsonLog } from './log.ts'
import { type CliOptions, cliOptions, HELP, OPTIONS, type SecurityOptions } from './options.ts'
import { type RunningMappings, startMappings } from './start-mappings.ts'
import { templateMappings } from './template.ts'

const POLL_MS = 200

await runCommand({
  help: HELP,
  options: OPTIONS,
  run: runMappings,
})

async function runMappings(values: Values<typeof OPTIONS>, interrupted: AbortSignal): Promise<number> {
  const options = cliOptions(values)
  const end = new AbortController()
  interrupted.addEventListener('abort', () => end.abort())
  const running = await start(options, end.signal)
  const watching = Promise.all([watchEmpty(running, options, end), writeStatus(running, options, end.signal)])
  await running.done
  const [problem] = await watching
  if (problem !== undefined) throw new MappingError('not-empty', problem)
  return 0
}

async function start(options: CliOptions, signal: AbortSignal): Promise<RunningMappings> {
  const { handler, endpoint, lambdaEndpoint, destinationEndpoint, chaos, ...rest } = options
  const mappings = await givenMappings(options)
  return startMappings({
    ...(endpoint ? { endpoint } : {}),
    ...(lambdaEndpoint ? { lambdaEndpoint } : {}),
    ...(destinationEndpoint ? { destinationEndpoint } : {}),
    ...(mappings ? { mappings } : {}),
    ...(handler ? { invoker: await handlerFile(handler, { functionName: nameOf(mappings), ...rest }) } : {}),
    ...(chaos ? { chaos } : {}),
    security: await securityOf(options),
    brokers: options.brokers,
    region: options.region,
    lenient: options.lenient,
    concurrency: options.concurrency,
    signal,
    clock,
    log: jsonLog((line) => void process.stderr.write(line), options.verbose ? 'debug' : 'info'),
  })
}

function nameOf([first]: readonly MappingDescription[] = []): string {
  return first?.FunctionArn ?? first?.FunctionName ?? 'handler'
}

/** Those that are enabled, checked before anything is begun; undefined where the deployed ones are meant. */
async function givenMappings(options: CliOptions): Promise<readonly MappingDescription[] | undefined> {
  const all = await readMappings(options)
  if (!all) return undefined
  const mappings = all.filter(({ Enabled }) => Enabled !== false)
  if (mappings.length === 0)
    throw new UsageError('There is no Kafka mapping to run: none is given, or none is enabled.')
  for (const mapping of mappings) {
    const { brokers, source } = parseMapping(mapping, options.brokers, { lenient: options.lenient })
    if (brokers.length === 0 && source.kind === 'self-managed') {
      throw new UsageError('Which brokers? Give --brokers LIST, or EventSourceArn and --endpoint.')
    }
  }
  return mappings
}

async function readMappings({ mapping, template }: CliOptions): Promise<readonly MappingDescription[] | undefined> {
  if (template) return templateMappings(await textOf('--template', template))
  if (!mapping) return undefined
  const content = parsedJson(await textOf('--mapping', mapping), mapping)
  // A handler file needs no name.
  return (isList(content) ? content : [content]).map((each) => ({ FunctionName: 'handler', ...each }))
}

function parsedJson(text: string, file: string): MappingDescription | readonly MappingDescription[] {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`--mapping ${file} is no JSON file: ${cause}`, { cause })
  }
}

async function textOf(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`${option} ${file} cannot be read: ${cause}`, { cause })
  }
}

async function securityOf({ security, region }: CliOptions): Promise<Security> {
  const { kind, username = '', ca, tls } = security
  const files = ca ? { ca } : {}
  if (kind === 'plaintext') return { kind }
  if (kind === 'tls') return { kind, ...files }
  if (kind === 'msk-iam') return { kind, region }
  return { kind, username, password: await passwordOf(security), tls, ...files }
}

async function passwordOf({ passwordFile = '' }: SecurityOptions): Promise<string> {
  return (await textOf('--password-file', passwordFile)).replace(/\r?\n$/, '')
}

function isList<T>(content: T | readonly T[]): content is readonly T[] {
  return Array.isArray(content)
}

/**
 * Empty: every mapping knows the end of its partitions and has committed up to it. Resolves with the reason where that
 * will never be.
 */
async function watchEmpty(
  running: RunningMappings,
  { untilEmpty }: CliOptions,
  end: AbortController,
): Promise<string | undefined> {
  while (untilEmpty && !end.signal.aborted) {
    await clock.sleep(POLL_MS, end.signal)
    const statuses = running.status()
    const hopeless = running.refusals()[0] ?? statuses.find(({ refused }) => refused !== null)?.refused ?? undefined
    if (hopeless !== undefined || (statuses.length > 0 && statuses.every(({ lag }) => lag === 0))) end.abort()
    if (hopeless !== undefined) return hopeless
  }
  return undefined
}

async function writeStatus(running: RunningMappings, { statusMs }: CliOptions, signal: AbortSignal): Promise<void> {
  while (statusMs > 0 && !signal.aborted) {
    await clock.sleep(statusMs, signal)
    for (const status of running.status()) process.stdout.write(`${JSON.stringify(status)}\n`)
  }
}
