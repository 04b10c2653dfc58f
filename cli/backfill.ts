import { createHash } from 'node:crypto'
import { runCommand } from '../command/command.ts'
import { needed } from '../command/option-values.ts'
import { say } from '../command/progress.ts'
import { historyFolder } from '../lake/history/history-folder.ts'
import { uploadFiles } from '../lake/history/history-upload.ts'
import { replayPayload } from '../lake/replay/replay-payload.ts'
import { openLakeToChange } from './lake/lake-to-change.ts'
import { runReplay } from './produce/run-replay.ts'

const HELP = `
Sends a folder of history through the pipeline at full speed: puts its files beside the lake's history, then replays them.

  npm run backfill -- --history ~/yahoo
  npm run backfill -- --history ~/yahoo --symbols AAPL,BRK-B --from 1990-01-01

Ctrl-C leaves off; the same command goes on where it was. Bars that were sent before are sent as new versions and make no
second row. Without --symbols all of the lake's history is sent, what was in it before too.

Options
  --history DIR     a folder of Yahoo exports, Parquet or CSV (needed)
  --symbols A,B     only these symbols
  --from, --to      only bars of this period, both ends included
  --again           a run of its own, although this folder was sent before
  --stage NAME      the stage on AWS (default: the local engine, if one runs)

Afterwards: "npm run verify" counts what has landed; the next compaction brings it to the table bars.
`

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
    const folder = historyFolder(needed(history, '--history FOLDER'))
    const { target, deployment, store } = await openLakeToChange(process.env, values.stage)
    const uploaded = await uploadFiles(folder, store, {
      signal,
      onUploaded: (done) => say(`${done} of ${folder.files.size} files uploaded …`),
      onSkipped: ({ file, reason }) => say(`Left out ${file}: ${reason}`),
    })
    const hashes = [...uploaded.hashes].map(([key, hash]) => `${key} ${hash}`).sort()
    const runId = `backfill-${again ? new Date().toISOString() : nameOf([hashes.join('\n'), values])}`
    const payload = replayPayload({ ...values, speed: 'max', 'run-id': runId }, runId)
    say(`${hashes.length} files are in the history. Run ${runId} …`)
    const answer = await runReplay({ functionName: deployment.producerFunction, payload, signal }, target)
    const left = [...uploaded.skipped, ...answer.skipped]
    process.stdout.write(`${JSON.stringify({ ...answer, skipped: left }, null, 2)}\n`)
    return left.length > 0 ? 1 : 0
  },
})

function nameOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
