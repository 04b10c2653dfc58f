import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { RunReport } from '../../../localstack/command/report.ts'
import { clearPlaceFor, processesOf, runLocal, startLocal } from '../../support/local-command.ts'

const INTERRUPTED = 130

describe('npm run local, interrupted', async () => {
  const { place, folder } = await clearPlaceFor('e2e-interrupt')

  const moments: readonly (readonly [string, RegExp, NodeJS.Signals])[] = [
    ['while the broker starts', /Starting Apache Kafka/, 'SIGINT'],
    ['while it deploys', /Deploying the CDK app/, 'SIGTERM'],
  ]
  for (const [moment, sign, signal] of moments) {
    test(`${moment}, by ${signal}, leaves no process`, async () => {
      const run = startLocal(place, ['--once'])
      await run.wrote(sign)

      run.signal(signal)

      assert.equal(await run.ended, INTERRUPTED, run.output())
      assert.deepEqual(processesOf(place), [])
    })
  }

  test('killed outright, is cleaned up by the next run, which loses and doubles nothing', async () => {
    const killed = startLocal(place, ['--once'])
    await killed.wrote(/Replaying at full speed/)
    killed.signal('SIGKILL')
    await killed.ended
    assert.ok(processesOf(place).length > 0)

    await runLocal(place, ['--once', '--report', join(folder, 'report.json')])

    const { sent, landed, problems }: RunReport = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
    assert.deepEqual(problems, [])
    assert.equal(landed, sent)
    assert.deepEqual(processesOf(place), [])
  })

  test('while it streams, by Ctrl-C, ends well: that is how it is ended', async () => {
    const run = startLocal(place, [])
    await run.wrote(/sent [\d,]+ {2}landed [\d,]+/)

    run.signal('SIGINT')

    assert.equal(await run.ended, 0, run.output())
    assert.match(run.output(), /Until now: sent [\d,]+ {2}landed [\d,]+/)
    assert.deepEqual(processesOf(place), [])
  })
})
