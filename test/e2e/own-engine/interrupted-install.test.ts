import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { clearPlaceFor, processesOf, startLocal } from '../../support/local-command.ts'

describe('npm run local, interrupted', async () => {
  const { place, folder } = await clearPlaceFor('e2e-interrupted-install')

  test('while it installs, leaves nothing that the next run stumbles over', async () => {
    const env = { TICKERLAKE_INSTALL_DIR: join(folder, 'install') }
    for (const [sign, signal] of [
      [/Installing Apache Kafka/, 'SIGINT'],
      [/Installing ministack/, 'SIGKILL'],
    ] as const) {
      const run = startLocal(place, ['--engine-only'], env)
      await run.wrote(sign)
      run.signal(signal)
      await run.ended
    }

    const third = startLocal(place, ['--engine-only'], env)
    await third.wrote(/AWS answers/)
    third.signal('SIGINT')

    assert.equal(await third.ended, 0, third.output())
    assert.deepEqual(processesOf(place), [])
    assert.deepEqual(
      readdirSync(env.TICKERLAKE_INSTALL_DIR).filter(
        (name) => !/^(?:(?:kafka|ministack|java|classes)-.*|compiled|tools[.]json)$/.test(name),
      ),
      [],
    )
  })
})
