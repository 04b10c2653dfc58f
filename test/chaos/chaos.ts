import { runCommand } from '../../command/command.ts'
import { compactionOnEngine, compactionText, isRight } from './compaction/on-engine.ts'
import { type Ground, prepareGround } from './ground.ts'
import { type ChaosRunOptions, chaosRunOptions, HELP, OPTIONS } from './options.ts'
import { isExactlyOnce, reportText } from './report.ts'
import { runChaos } from './run.ts'
import { isRightStream, streamChaos, streamText } from './stream/stream-chaos.ts'

await runCommand({
  help: HELP,
  options: OPTIONS,
  async run({ values }, interrupted) {
    const signal = interrupted()
    const options = chaosRunOptions(values)
    // What was started is ended as the process exits; a run that is broken off has nothing to report.
    signal.addEventListener('abort', () => process.exit(130))
    const ground = await prepareGround(options, signal)
    try {
      if (values.compaction) return await compactions(options, ground)
      if (values.stream) return await stream(options, ground)
      const say = (text: string): void => void process.stderr.write(`${text}\n`)
      const outcome = await runChaos(options, { ground, say })
      const text = options.format === 'json' ? JSON.stringify(outcome, undefined, 2) : reportText(outcome)
      process.stdout.write(`${text}\n`)
      return isExactlyOnce(outcome) ? 0 : 1
    } finally {
      await ground.close()
    }
  },
})

async function compactions(options: ChaosRunOptions, { endpoint }: Ground): Promise<number> {
  const outcome = await compactionOnEngine(options, endpoint)
  process.stdout.write(
    `${options.format === 'json' ? JSON.stringify(outcome, undefined, 2) : compactionText(outcome)}\n`,
  )
  return isRight(outcome) ? 0 : 1
}

async function stream(options: ChaosRunOptions, ground: Ground): Promise<number> {
  const outcome = await streamChaos(options, ground)
  process.stdout.write(`${options.format === 'json' ? JSON.stringify(outcome, undefined, 2) : streamText(outcome)}\n`)
  return isRightStream(outcome) ? 0 : 1
}
