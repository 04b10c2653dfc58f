import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { progressOn } from '../../command/progress.ts'

function recorder(isTTY: boolean) {
  const written: string[] = []
  return { written, stream: { isTTY, columns: 20, write: (text: string) => written.push(text) } }
}

describe('progress', () => {
  test('without a terminal tells each step once, and of one step again only after five seconds', () => {
    const { written, stream } = recorder(false)
    let now = 0
    const progress = progressOn(stream, () => now)

    progress.doing('jar 1 of 45')
    progress.doing('jar 2 of 45')
    progress.doing('starting')
    now = 6_000
    progress.doing('starting')

    assert.deepEqual(written, ['jar 1 of 45\n', 'starting\n', 'starting\n'])
  })

  test('on a terminal overwrites what is going on and cuts it to the width', () => {
    const { written, stream } = recorder(true)
    const progress = progressOn(stream)

    progress.doing('a line that is longer than the terminal')
    progress.say('done')

    assert.deepEqual(written, ['\r\u001b[Ka line that is long', '\r\u001b[K', 'done\n'])
  })
})
