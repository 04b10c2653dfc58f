/** The engine in containers, where a Docker engine has its images; elsewhere the tests say what is missing and are skipped. */
import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { RunReport } from '../../../localstack/command/report.ts'
import { askDocker, composeProject } from '../../../localstack/docker/docker-cli.ts'
import { dockerState } from '../../../localstack/docker/docker-state.ts'
import { placeFor, processesOf, runLocal, startLocal } from '../../support/local-command.ts'

const place = await placeFor('e2e-docker')
const project = composeProject({ root: place.dir }, place, process.env)
const { kind } = await dockerState(project)

describe('npm run local -- --engine docker', { skip: kind === 'ready' ? false : `Docker: ${kind}` }, () => {
  const ENGINE = ['--engine', 'docker']
  rmSync(place.dir, { recursive: true, force: true })
  after(() => runLocal(place, ['--down']))

  /** Containers that are on the engine's network: its two, and those of the functions. */
  async function containers(): Promise<readonly string[]> {
    const said = await askDocker(
      ['ps', '--all', '--format', '{{.Names}}', '--filter', `network=${project.name}`],
      project.env,
    )
    return said === '' ? [] : said.split('\n')
  }

  test('replays, lands, compacts and forecasts with functions in containers, and leaves none', async () => {
    const report = join(place.dir, 'report.json')

    await runLocal(place, [...ENGINE, '--once', '--report', report])

    const { problems, sent, landed, compacted, differentBars, forecasts }: RunReport = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    assert.deepEqual(problems, [])
    assert.ok(sent > 12_000 && forecasts > 0)
    assert.deepEqual([landed, compacted], [sent, differentBars])
    assert.deepEqual([await containers(), processesOf(place)], [[], []])
  })

  for (const service of ['redpanda', 'localstack']) {
    test(`ends with an error when ${service} dies under it`, async () => {
      const run = startLocal(place, [...ENGINE, '--engine-only'])
      await run.wrote(/AWS answers/)

      await askDocker(['kill', `${project.name}-${service}-1`], project.env)

      assert.equal(await run.ended, 1)
      assert.match(run.output(), new RegExp(`${service} has ended`))
      assert.deepEqual([await containers(), processesOf(place)], [[], []])
    })
  }

  test('killed outright, is cleaned up by npm run local:down', async () => {
    const run = startLocal(place, [...ENGINE, '--engine-only'])
    await run.wrote(/AWS answers/)
    run.signal('SIGKILL')
    await run.ended
    assert.equal((await containers()).length, 2)

    assert.match(await runLocal(place, ['--down']), /and the containers/)

    assert.deepEqual([await containers(), processesOf(place)], [[], []])
  })
})
