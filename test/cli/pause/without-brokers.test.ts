import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DeployedStack } from '../../../cli/pause/running-parts.ts'
import { runningParts } from '../../../cli/pause/running-parts.ts'
import { isDrained, keptBrokers } from '../../../cli/pause/without-brokers.ts'
import { EXAMPLES } from '../../../infra/examples.ts'
import { templatesOf } from '../../support/synth.ts'

const ENDED = new Date('2026-11-28T10:02:00Z')
const at = (minute: number, records: number) => ({ at: new Date(ENDED.getTime() + minute * 60_000), records })

describe('brokers go when all that was sent has landed, which is', () => {
  test('a lag of 0 that was measured after the last sender ended', () => {
    assert.ok(isDrained([at(-1, 40), at(1, 0)], ENDED))
  })

  test('not one from before, when more was still to be sent', () => {
    assert.ok(!isDrained([at(-2, 0), at(-1, 0)], ENDED))
  })

  test('not while records wait, in whichever order the measurements come', () => {
    assert.ok(!isDrained([at(2, 3), at(1, 0)], ENDED))
  })

  test('not where nothing is measured at all', () => {
    assert.ok(!isDrained([], ENDED))
  })
})

const stack = (name: string, isProtected: boolean): DeployedStack => ({
  name,
  isProtected,
  resources: [],
  template: {},
})

test('brokers that are protected stay, and a stage without any has none to take away', () => {
  assert.match(keptBrokers(stack('tickerlake-prod-broker', true)) ?? '', /protected.*pausing it would save nothing/)
  assert.match(keptBrokers(undefined) ?? '', /no brokers of its own/)
  assert.equal(keptBrokers(stack('tickerlake-dev-broker', false)), undefined)
})

test('what runs by itself is read from the stacks, with what it was deployed as', () => {
  const deployed = (context: object) => {
    const template = templatesOf(context as Readonly<Record<string, unknown>>)('pipeline').toJSON()
    const resources = Object.entries<{ Type: string }>(template['Resources']).map(([id, { Type }]) => {
      return { id, type: Type, physicalId: `made-${id}` }
    })
    return runningParts([{ name: 'tickerlake-dev-pipeline', isProtected: false, resources, template }])
  }

  const on = deployed(EXAMPLES.dev)
  const off = deployed({ ...EXAMPLES.dev, schedule: false })
  const fetching = deployed({ ...EXAMPLES.dev, symbols: 'AAPL' })

  assert.equal(on.mappings.length, 1)
  assert.deepEqual([on.schedules.length, off.schedules.length], [2, 2])
  assert.ok(
    fetching.schedules.some(({ name }) => name.startsWith('made-Fetcher')),
    'the fetcher’s too',
  )
  assert.ok(on.schedules.every(({ isWanted }) => isWanted))
  assert.ok(off.schedules.every(({ isWanted }) => !isWanted))
})
