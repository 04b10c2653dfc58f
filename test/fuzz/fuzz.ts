import { runCommand } from '../../command/command.ts'
import { numberIn, oneOf } from '../../command/option-values.ts'
import { keep } from './fuzzing.ts'
import { TARGETS } from './targets.ts'
import { watchedFuzz } from './watched-fuzz.ts'

const HELP = `
Gives everything that reads what strangers send what nobody would send: each target in turn, its corpus first.

  npm run fuzz -- --minutes 20
  npm run fuzz -- --target judge --inputs 1000000

What a target trips over, or takes more than 2 seconds or gigabytes for, is kept in test/fuzz/corpus/ and printed; npm test replays the corpus.

Options
  --minutes N      how long in all (default 1)
  --inputs N       so many inputs a target instead
  --target NAME    only this one
  --seed S         the dice's seed (default: another each time, printed)

Exit code: 0 nothing was found, 1 something was, 2 misuse.
`

await runCommand({
  help: HELP,
  options: {
    minutes: { type: 'string' },
    inputs: { type: 'string' },
    target: { type: 'string' },
    seed: { type: 'string' },
  },
  async run({ values }) {
    const names = TARGETS.map(({ name }) => name)
    const wanted = values.target === undefined ? names : [oneOf(names, '--target', values.target)]
    const seed = number(values.seed, '--seed', Math.floor(Math.random() * 1e9))
    const inputs = values.inputs === undefined ? undefined : number(values.inputs, '--inputs', 0)
    const minutes = numberIn({ option: '--minutes', min: 0.01, max: 1_440, fraction: true }, values.minutes ?? '1')
    const share = (minutes * 60_000) / wanted.length
    process.stderr.write(`seed ${seed}\n`)
    let found = 0
    for (const target of TARGETS.filter(({ name }) => wanted.includes(name))) {
      const end = Date.now() + share
      const fuzzed = await watchedFuzz({ name: target.name, seed, end, inputs })
      for (const finding of fuzzed.findings) process.stdout.write(`${keep(finding)}: ${finding.error}\n`)
      process.stderr.write(`${target.name}: ${fuzzed.inputs} inputs, ${fuzzed.findings.length} findings\n`)
      found += fuzzed.findings.length
    }
    return found > 0 ? 1 : 0
  },
})

function number(text: string | undefined, option: string, fallback: number): number {
  return text === undefined ? fallback : numberIn({ option, min: 0, max: 2 ** 40 }, text)
}
