/** A command for tests, as a process: `--orderly` ends by its own hand on a signal; without it it just waits. `--leak` leaves a timer behind, as libraries do. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { runCommand } from '../../command/command.ts'
import { numberIn, oneOf } from '../../command/option-values.ts'

await runCommand({
  help: `
Waits.
`,
  options: {
    orderly: { type: 'boolean' },
    seconds: { type: 'string', default: '60' },
    connect: { type: 'string' },
    leak: { type: 'boolean' },
    mood: { type: 'string', default: 'calm' },
  },
  async run({ values }, interrupted) {
    const seconds = numberIn({ option: '--seconds', min: 0, max: 60 }, values.seconds)
    oneOf(['calm', 'tense'], '--mood', values.mood)
    if (values.leak) setInterval(() => undefined, 100)
    if (values.connect !== undefined) await once(connect(1, values.connect), 'connect')
    const waiting = Promise.withResolvers<void>()
    const timer = setTimeout(waiting.resolve, 1000 * seconds)
    if (values.orderly) {
      interrupted().addEventListener('abort', () => {
        clearTimeout(timer)
        process.stdout.write('tidied up\n')
        waiting.reject(new Error('left off'))
      })
    }
    process.stdout.write('waiting\n')
    await waiting.promise
    return 0
  },
})
