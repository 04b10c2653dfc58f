import { createHash } from 'node:crypto'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { runCommand } from '../command/command.ts'
import { needed } from '../command/option-values.ts'
import { systemClock } from '../lake/clock.ts'
import { historyBody, historyFiles } from '../lake/history/history-folder.ts'
import { inParallel } from '../lake/in-parallel.ts'
import type { ReplayAnswer, SkippedFile } from '../lake/replay/replay-answer.ts'
import { invokeReplay } from '../lake/replay/replay-invoker.ts'
import { replayPayload } from '../lake/replay/replay-payload.ts'
import type { ObjectStore } from '../lake/store/object-store.ts'
import { openLakeToChange } from './lake/open-lake.ts'

const HELP = `
Sends a folder of history through the pipeline at full speed: puts its files beside the lake's history, then replays them.

  npm run backfill -- --history ~/yahoo
  npm run backfill -- --history ~/yahoo --symbols AAPL,BRK-B --from 1990-01-01

Ctrl-C leaves off; the same command goes on where it was. Bars that were sent before are sent as new versions and make no
second row. Without --symbols all of the lake's history is sent, what was in it before too.

Options
  --history DIR     a folder of Yahoo exports, .parquet or .csv (needed)
  --symbols A,B     only these symbols
  --from, --to      only bars of this period, both ends included
  --again           a run of its own, although this folder was sent before
  --stage NAME      the stage on AWS (default: the local engine, if one runs)

Afterwards: "npm run verify" counts what has landed; the next compaction brings it to the table bars.
`

const UPLOADS_AT_ONCE = 4

await runCommand({
  help: HELP,
  options: {
    history: { type: 'string' },
    symbols: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    again: { type: 'boolean', default: false },
    stage: { type: 'string' },
  },
  async run({ values: { history, again, ...values } }, interrupted) {
    const signal = interrupted()
    const files = historyFiles(needed(history, '--history FOLDER'))
    const say = (line: string): void => void process.stderr.write(`${line}\n`)
    const asked = { env: process.env, stage: values.stage }
    const { target, deployment, store } = await openLakeToChange(asked, say)
    const { hashes, skipped } = await upload(files, store, signal)
    const runId = `backfill-${again ? new Date().toISOString() : nameOf([hashes.join('\n'), values])}`
    const payload = replayPayload({ ...values, speed: 'max', 'run-id': runId }, runId)
    process.stderr.write(`${hashes.length} files are in the history. Run ${runId} …\n`)
    const request = { functionName: deployment.producerFunction, payload, signal, tell }
    const answer = await invokeReplay(request, new LambdaClient(target.clients), systemClock)
    const left = [...skipped, ...answer.skipped]
    process.stdout.write(`${JSON.stringify({ ...answer, skipped: left }, null, 2)}\n`)
    return left.length > 0 ? 1 : 0
  },
})

interface Upload {
  /** Of all that is uploaded: the same folder makes the same run. */
  readonly hashes: readonly string[]
  readonly skipped: readonly SkippedFile[]
}

/** Puts what is not there yet. A file that is no history is said and left out. */
async function upload(files: ReadonlyMap<string, string>, store: ObjectStore, signal: AbortSignal): Promise<Upload> {
  const hashes: string[] = []
  const skipped: SkippedFile[] = []
  await inParallel([...files], UPLOADS_AT_ONCE, async ([key, file]) => {
    signal.throwIfAborted()
    const made = historyBody(file)
    if (made.kind === 'unreadable') {
      skipped.push(made.skipped)
      process.stderr.write(`Left out ${file}: ${made.skipped.reason}\n`)
      return
    }
    const hash = createHash('md5').update(made.body).digest('hex')
    const standing = await store.head(key)
    if (standing?.etag !== `"${hash}"`) {
      await store.put(key, made.body, { contentType: 'application/vnd.apache.parquet' })
    }
    hashes.push(`${key} ${hash}`)
    process.stderr.write(`${hashes.length} of ${files.size} files uploaded …\n`)
  })
  return { hashes: hashes.sort(), skipped }
}

function nameOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

function tell({ total, next, busy, done }: ReplayAnswer): void {
  if (busy) process.stderr.write('Another invocation is at this run; waiting for it …\n')
  else if (!done) process.stderr.write(`${total.sent} records sent, next is ${next ?? 'not known yet'} …\n`)
}
