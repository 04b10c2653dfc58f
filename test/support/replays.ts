import { ParquetHistory } from '../../lake/history/history-window.ts'
import { type HistoryRows, historyFile } from '../../lake/history/history-writer.ts'
import { DAY_MS, toIso } from '../../lake/instant.ts'
import type { OutgoingRecord } from '../../lake/kafka/kafkajs-sender.ts'
import type { LogFields } from '../../lake/log.ts'
import { objectCursors } from '../../lake/replay/cursors.ts'
import type { ReplayAnswer } from '../../lake/replay/replay-answer.ts'
import { EVERYTHING, type ReplayRequest, type ReplaySelection } from '../../lake/replay/replay-request.ts'
import type { ReplaySettings } from '../../lake/replay/replay-settings.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { type ProducerEffects, produce } from '../../lambdas/producer/producer.ts'
import { MemoryObjectStore } from './memory-object-store.ts'
import { RecordingSender } from './recording-sender.ts'
import { VirtualClock } from './virtual-clock.ts'

const HEADER = ['Date', 'Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume']

/** A daily history of `days` rows from a first day on. */
export function dailyRows(first: string, days: number): HistoryRows {
  const start = Date.parse(`${first}T00:00:00Z`)
  const rows = Array.from({ length: days }, (_, i) => [
    toIso(start + i * DAY_MS).slice(0, 10),
    ...[10 + i, 12 + i, 9 + i, 11 + i, 11 + i],
    1_000 + i,
  ])
  return { columns: HEADER, rows }
}

export interface ReplayOptions<Store extends ObjectStore = MemoryObjectStore> {
  readonly settings?: Partial<ReplaySettings>
  /** Milliseconds of an invocation. */
  readonly invocationMs?: number
  readonly onSend?: (records: readonly OutgoingRecord[]) => void | Promise<void>
  /** @default - as deployed */
  readonly partBytes?: number
  /** @default - one in memory */
  readonly store?: Store
}

/** A producer over a lake, a topic and a clock that live in memory. */
export function aProducer<Store extends ObjectStore = MemoryObjectStore>({
  settings = {},
  invocationMs = 90_000,
  onSend,
  partBytes,
  store = new MemoryObjectStore() as ObjectStore as Store,
}: ReplayOptions<Store> = {}) {
  const clock = new VirtualClock()
  const sender = new RecordingSender(clock, onSend)
  const logged: { level: string; message: string; fields: LogFields | undefined }[] = []
  const keep = (level: string) => (message: string, fields?: LogFields) => void logged.push({ level, message, fields })
  const measured: { name: string; value: number }[] = []
  let ids = 0
  const effects = (): Omit<ProducerEffects, 'remainingMs'> => ({
    history: new ParquetHistory(store, 'history/', { partBytes }),
    historyPrefix: 'history/',
    store,
    cursors: objectCursors(store, () => `nonce-${ids++}`),
    sender,
    clock,
    freshId: () => `id-${ids++}`,
    log: { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') },
    metrics: { record: (name, value) => void measured.push({ name, value }) },
  })
  const invoke = (request: ReplayRequest, other: Partial<ProducerEffects> = {}): Promise<ReplayAnswer> => {
    const end = clock.now() + invocationMs
    const all = { ...effects(), remainingMs: () => end - clock.now(), ...other }
    return produce(request, { everySeconds: 5, speed: 1, atEnd: 'rest', ...settings }, all)
  }
  return {
    clock,
    store,
    sender,
    logged,
    measured,
    invoke,
    scheduled: () => invoke({ kind: 'scheduled' }),
    /** Keys below `history/`. */
    keep: (name: string, file: HistoryRows | Uint8Array) =>
      store.put(`history/${name}`, file instanceof Uint8Array ? file : historyFile(file)),
  }
}

export function byHand(
  selection: Partial<ReplaySelection> = {},
  runId = 'run-1',
  speed: 'max' | number = 'max',
): ReplayRequest {
  return { kind: 'by-hand', selection: { ...EVERYTHING, ...selection }, runId, speed }
}
