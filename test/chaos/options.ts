import type { parseArgs } from 'node:util'
import { type NumberBounds, numberIn, oneOf } from '../../command/option-values.ts'

export const HELP = `
Proves exactly once by force: sends records of every shape through a real broker, the event source mapping and real
consumer processes to S3's emulator, makes everything fail that can, and counts what is in the files.

  npm run chaos -- --minutes 10 --seed 7
  npm run chaos -- --minutes 0.5 --rate 500

Options
  --minutes N      how long records are sent (default 10); landing the last of them takes a little longer
  --seed S         the dice's seed (default: another each time, printed): what is sent and what goes wrong, though not
                   how the machine weaves it together
  --rate N         records a second (default 1000)
  --consumers N    consumer processes (default 4)
  --partitions N   partitions of the topic (default 8)
  --port N         first of five ports that are used (default 24500)
  --dir DIR        state, logs and files of the run (default .local/chaos); its state is emptied first
  --compaction     instead: records and backfills are landed, given up and redriven while compactors are killed and bars is
                   rolled back; then every bar of the topics is held against the table (--rate 20 is enough)
  --stream         instead: five weeks of a market pass in --minutes (1 is enough) for fetchers, producers and consumers that are
                   killed anywhere; then every bar that is due is held against the lake
  --format text|json

It starts a broker and an AWS emulator of its own, or uses those of KAFKA_BROKERS and AWS_ENDPOINT_URL (which it does
not restart then). Exit code: 0 each record once and as it was sent, 1 anything else, 2 misuse.
`

export interface ChaosRunOptions {
  readonly minutes: number
  readonly seed: number
  readonly rate: number
  readonly consumers: number
  readonly partitions: number
  readonly port: number
  readonly dir: string
  readonly format: 'text' | 'json'
}

export const OPTIONS = {
  minutes: { type: 'string' },
  seed: { type: 'string' },
  rate: { type: 'string' },
  consumers: { type: 'string' },
  partitions: { type: 'string' },
  port: { type: 'string' },
  dir: { type: 'string' },
  compaction: { type: 'boolean' },
  stream: { type: 'boolean' },
  format: { type: 'string' },
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']

export function chaosRunOptions(values: Values): ChaosRunOptions {
  return {
    minutes: number(values.minutes, { option: '--minutes', fallback: 10, min: 0.05, max: 1_440, fraction: true }),
    seed: number(values.seed, { option: '--seed', fallback: Math.floor(Math.random() * 1e9), min: 0, max: 2 ** 31 }),
    rate: number(values.rate, { option: '--rate', fallback: 1_000, min: 1, max: 100_000, fraction: true }),
    consumers: number(values.consumers, { option: '--consumers', fallback: 4, min: 2, max: 64 }),
    partitions: number(values.partitions, { option: '--partitions', fallback: 8, min: 1, max: 100 }),
    port: number(values.port, { option: '--port', fallback: 24_500, min: 1_024, max: 65_530 }),
    dir: values.dir ?? '.local/chaos',
    format: oneOf(['text', 'json'], '--format', values.format ?? 'text'),
  }
}

function number(text: string | undefined, { fallback, ...bounds }: NumberBounds & { fallback: number }): number {
  return text === undefined ? fallback : numberIn(bounds, text)
}
