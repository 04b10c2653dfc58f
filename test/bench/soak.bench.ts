/**
 * `npm run bench -- soak`: records come at one rate for as long as is asked, from a broker of its own through mapping and
 * consumer into files, all on this machine; every quarter of a minute a line of what stands. Ends by itself.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { barMessages } from './bar-messages.ts'
import { type BenchBroker, benchBroker } from './bench-broker.ts'
import type { Measure } from './measures.ts'
import type { Standing } from './stream-contestant.ts'

/** 3 MB a second of the records that our producer sends: a thousand times what a source of 3 kB each second is. */
const A_SECOND = 12_000
const SENDS_A_SECOND = 4
const LOOK_SECONDS = 15
const TOPIC = 'bench.soak'

/** Prints a line every quarter of a minute; a broker that cannot keep up would show as fewer records than were asked for. */
export async function benchSoak(records: number): Promise<readonly Measure[]> {
  const broker = await benchBroker(new AbortController().signal)
  try {
    await broker.makeTopic(TOPIC)
    const program = join(import.meta.dirname, 'stream-contestant.ts')
    const args = ['--disable-warning=TimeoutNegativeWarning', program]
    const place = join(broker.folder, 'soak')
    const child = spawn(process.execPath, [...args, 'whole', broker.brokers, TOPIC, place, String(records)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    await lines.next() // it is streaming
    process.stdout.write('| s | sent | landed | lag | resident MB | heap MB | PUT | GET | MB written |\n')
    process.stdout.write('|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n')
    const sending = new AbortController()
    const sent = { records: 0 }
    const looking = look({ sent, ask: () => child.stdin.write('\n'), lines }, sending.signal)
    await send(broker, records, sent)
    sending.abort()
    await looking
    const { value } = await lines.next()
    process.stdout.write(`\n${String(value)}\n`)
    return []
  } finally {
    await broker.close()
  }
}

async function send(broker: BenchBroker, records: number, sent: { records: number }): Promise<void> {
  const sender = broker.sender(TOPIC)
  const message = barMessages(Math.random, Date.now() - 30 * 86_400_000)
  const began = Date.now()
  for (let i = 0; sent.records < records; i++) {
    await delay(Math.max(0, began + (i * 1_000) / SENDS_A_SECOND - Date.now()))
    const count = Math.min(A_SECOND / SENDS_A_SECOND, records - sent.records)
    const now = Date.now()
    const first = sent.records
    await sender.send(Array.from({ length: count }, (_, k) => message(first + k, now)))
    sent.records += count
  }
  await sender.close()
}

interface Looking {
  readonly sent: { readonly records: number }
  readonly ask: () => void
  readonly lines: AsyncIterator<string>
}

async function look({ sent, ask, lines }: Looking, signal: AbortSignal): Promise<void> {
  const began = Date.now()
  for (let i = 1; ; i++) {
    await delay(Math.max(0, began + i * LOOK_SECONDS * 1_000 - Date.now()), undefined, { signal }).catch(
      () => undefined,
    )
    if (signal.aborted) return
    ask()
    const { value } = await lines.next()
    const { rows, lag, rssMb, heapMb, puts, gets, bytesWritten }: Standing = JSON.parse(String(value))
    const memory = [rssMb.toFixed(0), heapMb.toFixed(0)]
    const cells = [i * LOOK_SECONDS, sent.records, rows, lag, ...memory, puts, gets, (bytesWritten / 1e6).toFixed(1)]
    process.stdout.write(`| ${cells.join(' | ')} |\n`)
  }
}
