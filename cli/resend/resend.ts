/** Sends what was rejected back to its topic, byte for byte, each record once however often the command is run or killed. */

import { TickerlakeError } from '../../lake/errors.ts'
import type { OutgoingRecord, RecordSender } from '../../lake/kafka/kafkajs-sender.ts'
import type { LandedFile, LandedFiles } from '../../lake/ledger/landed-files.ts'
import { landingFileOf } from '../../lake/ledger/landing-key.ts'
import {
  countOffsets,
  includes,
  type OffsetRanges,
  rangesOf,
  subtract,
  union,
} from '../../lake/ledger/offset-ranges.ts'
import type { TopicLog } from '../../lake/ledger/topic-log.ts'
import type { MarkVersion, ResendMarks, Sending } from './resend-marks.ts'

export interface ResendRequest {
  readonly topic: string
  /** A reject code. */
  readonly reason: string
  /** Arrivals from this instant on, epoch milliseconds. */
  readonly from: number
  /** Arrivals before this instant. */
  readonly to: number
  readonly dryRun: boolean
  /** Finish what an earlier run has begun: only when none runs any more. */
  readonly resume: boolean
}

export interface ResendDeps {
  readonly marks: ResendMarks
  readonly files: LandedFiles
  readonly log: TopicLog
  readonly sender: RecordSender
  readonly progress: (text: string) => void
}

export interface ResentFile {
  readonly key: string
  readonly partition: number
  /** Sent now, or to be sent in a dry run. */
  readonly records: number
  /** Sent by an earlier run. */
  readonly before: number
}

/** Says of a copy which record it is a copy of: `topic/partition/offset`, and of which cluster and epoch where its file says. */
export const REPLAY_HEADER = 'tickerlake-replay-of'

const COLUMNS = [
  'topic',
  'kafka_partition',
  'kafka_offset',
  'ts_recv',
  'reject_reason',
  'raw_key',
  'raw_value',
] as const
type File = LandedFile<(typeof COLUMNS)[number]>

/** File by file, so that little is in doubt when it is killed. */
export async function resendRejected(request: ResendRequest, deps: ResendDeps): Promise<ResentFile[]> {
  const resent: ResentFile[] = []
  // Listed before the first is sent: what is sent lands meanwhile, and may be rejected again.
  for (const object of await Array.fromAsync(deps.files.list())) {
    const name = landingFileOf(object.key)
    if (name?.topic !== request.topic) continue
    const file = await deps.files.read(object, COLUMNS)
    if (wantedOf(file, request).length === 0) continue
    const done = await resendFile(file, request, deps)
    resent.push({ key: file.key, partition: name.partition, ...done })
  }
  return resent
}

/** What came of it, for people. */
export function resentText(
  files: readonly ResentFile[],
  { topic, dryRun }: Pick<ResendRequest, 'topic' | 'dryRun'>,
): string {
  const records = files.reduce((sum, file) => sum + file.records, 0)
  const before = files.reduce((sum, file) => sum + file.before, 0)
  const open = files.filter((file) => file.records > 0).length
  const now = `${records} records of ${open} ${open === 1 ? 'file' : 'files'} ${dryRun ? 'would be sent' : 'sent'} to ${topic}`
  if (before === 0) return `${now}.`
  const again = 'Copies of those are among these where they were rejected, too: look whether what was wrong is mended.'
  return `${now}, ${before} were sent before.${records > 0 ? ` ${again}` : ''}`
}

function wantedOf({ rows }: File, { reason, from, to }: ResendRequest): OffsetRanges {
  const wanted = rows.filter(
    ({ reject_reason, ts_recv }) => reject_reason?.startsWith(`${reason}: `) && ts_recv >= from && ts_recv < to,
  )
  return rangesOf(wanted.map(({ kafka_offset }) => kafka_offset))
}

/** A landed file, and what is known of its resends. */
interface MarkedFile {
  readonly file: File
  readonly version: MarkVersion
}

async function resendFile(
  file: File,
  request: ResendRequest,
  deps: ResendDeps,
): Promise<Pick<ResentFile, 'records' | 'before'>> {
  const wanted = wantedOf(file, request)
  const version = await resolved({ file, version: await deps.marks.read(file.key) }, request, deps)
  const open = subtract(wanted, version.mark.sent)
  const done = { records: countOffsets(open), before: countOffsets(wanted) - countOffsets(open) }
  if (!request.dryRun && open.length > 0) await sendMarked({ file, version }, open, deps)
  return done
}

/** The mark goes first, so that a resend that is killed cannot be forgotten. */
async function sendMarked({ file, version }: MarkedFile, open: OffsetRanges, deps: ResendDeps): Promise<void> {
  const bounds = await deps.log.bounds(file.rows[0]?.topic ?? '')
  const ends = Object.fromEntries([...bounds].map(([partition, { high }]) => [partition, high]))
  const { sent } = version.mark
  const intent = { sent, sending: { offsets: open, ends }, nonce: '' }
  const marked = await deps.marks.write(file.key, { ...version, mark: intent })
  const records = file.rows.filter(({ kafka_offset }) => includes(open, kafka_offset))
  await deps.sender.send(records.map((row) => copyOf(row, file)))
  const done = { sent: union(sent, open), sending: null, nonce: '' }
  await deps.marks.write(file.key, { ...marked, mark: done })
  deps.progress(`${records.length} records of ${file.key} sent`)
}

/** What became of a resend that ended midway: the copies that stand in the topic were sent, the others were not. */
async function resolved({ file, version }: MarkedFile, request: ResendRequest, deps: ResendDeps): Promise<MarkVersion> {
  const { sending } = version.mark
  if (!sending) return version
  if (!request.resume) {
    throw new TickerlakeError(
      'resend-midway',
      `An earlier resend of ${file.key} has ended midway, or still runs. When none runs any more, give --resume: ` +
        'the topic is then asked which records were sent, and only the others are.',
    )
  }
  const copies = await copiesIn(request.topic, sending, deps.log)
  const arrived = file.rows
    .filter((row) => includes(sending.offsets, row.kafka_offset) && copies.has(nameOf(row, file)))
    .map(({ kafka_offset }) => kafka_offset)
  deps.progress(`${file.key}: ${arrived.length} of ${countOffsets(sending.offsets)} had been sent`)
  const mark = { sent: union(version.mark.sent, rangesOf(arrived)), sending: null, nonce: '' }
  return request.dryRun ? { ...version, mark } : deps.marks.write(file.key, { ...version, mark })
}

async function copiesIn(topic: string, { ends }: Sending, log: TopicLog): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const [partition, { low, high }] of await log.bounds(topic)) {
    const from = Math.max(low, ends[partition] ?? 0)
    for await (const records of log.read({ topic, partition }, from, high)) {
      for (const { headers } of records) {
        const name = headers.find(({ key }) => key === REPLAY_HEADER)?.value
        if (name) names.add(name.toString())
      }
    }
  }
  return names
}

function copyOf(row: File['rows'][number], file: File): OutgoingRecord {
  return { key: row.raw_key, value: row.raw_value, headers: { [REPLAY_HEADER]: nameOf(row, file) } }
}

/** Two clusters, or a topic made again, have the same offsets of the same partitions. */
function nameOf({ topic, kafka_partition, kafka_offset }: File['rows'][number], { cluster, epoch }: File): string {
  const name = `${topic}/${kafka_partition}/${kafka_offset}`
  return cluster === undefined ? name : `${name}@${cluster}@${epoch}`
}
