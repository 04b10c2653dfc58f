#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { handlerFile } from './adapters/handler-file.ts'
import { systemClock as clock } from './clock.ts'
import { runCommand, type Values } from './command-line.ts'
import { type MappingDescription, parseMapping } from './core/parse-mapping.ts'
import { UsageError } from './errors.ts'
import { jsonLog } from './log.ts'
import { type CliOptions, cliOptions, HELP, OPTIONS } from './options.ts'
import { type RunningMappings, startMappings } from './start-mappings.ts'

/** Where nothing answers: a mapping with a handler file needs no AWS unless it has a destination there. */
const NO_ENDPOINT = 'http://127.0.0.1:1'
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
  await watching
  return 0
}

async function start(options: CliOptions, signal: AbortSignal): Promise<RunningMappings> {
  const { mapping, handler, endpoint = NO_ENDPOINT, brokers, concurrency, chaos, timeoutMs, verbose } = options
  return startMappings({
    endpoint,
    brokers,
    concurrency,
    ...(mapping ? { mappings: await readMappings(mapping, brokers) } : {}),
    ...(handler ? { invoker: await handlerFile(handler, timeoutMs) } : {}),
    ...(chaos ? { chaos } : {}),
    signal,
    clock,
    log: jsonLog((line) => void process.stderr.write(line), verbose ? 'debug' : 'info'),
  })
}

async function readMappings(file: string, brokers: readonly string[]): Promise<readonly MappingDescription[]> {
  const content = await readJson(file)
  // A handler file needs no name.
  const mappings = (isList(content) ? content : [content]).map((mapping) => ({ FunctionName: 'handler', ...mapping }))
  for (const { brokers: known, source } of mappings.map((mapping) => parseMapping(mapping, brokers))) {
    if (known.length === 0 && source.kind === 'self-managed') {
      throw new UsageError('Which brokers? Give --brokers LIST, or EventSourceArn and --endpoint.')
    }
  }
  return mappings
}

async function readJson(file: string): Promise<MappingDescription | readonly MappingDescription[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`--mapping ${file} is no JSON file: ${error}`, { cause: error })
  }
}

function isList<T>(content: T | readonly T[]): content is readonly T[] {
  return Array.isArray(content)
}

/** Empty: every mapping knows the end of its partitions and has committed up to it. */
async function watchEmpty(running: RunningMappings, { untilEmpty }: CliOptions, end: AbortController): Promise<void> {
  while (untilEmpty && !end.signal.aborted) {
    await clock.sleep(POLL_MS, end.signal)
    const statuses = running.status()
    if (statuses.length > 0 && statuses.every(({ lag }) => lag === 0)) end.abort()
  }
}

async function writeStatus(running: RunningMappings, { statusMs }: CliOptions, signal: AbortSignal): Promise<void> {
  while (statusMs > 0 && !signal.aborted) {
    await clock.sleep(statusMs, signal)
    for (const status of running.status()) process.stdout.write(`${JSON.stringify(status)}\n`)
  }
}
