import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MappingDescription } from '../../../packages/lambda-kafka-local/src/core/mapping-description.ts'
import { Fleet } from '../../../packages/lambda-kafka-local/src/fleet.ts'
import { MemoryCluster } from '../../support/memory-cluster.ts'
import { RecordingFunction } from '../../support/recording-function.ts'
import { hastyClock } from '../../support/run-mapping.ts'
import { silentLog } from '../../support/silent-log.ts'
import { until } from '../../support/until.ts'

const ORDERS: MappingDescription = {
  UUID: 'one',
  FunctionName: 'orders',
  Topics: ['orders'],
  BatchSize: 10,
  StartingPosition: 'TRIM_HORIZON',
}

function fleetOf(descriptions: () => Promise<readonly MappingDescription[]>) {
  const cluster = new MemoryCluster(1)
  const fleet = new Fleet(
    {
      source: cluster,
      invoker: new RecordingFunction(),
      destination: { deliver: async () => {} },
      clock: hastyClock,
      log: silentLog,
      descriptions,
      brokersOf: async () => ['127.0.0.1:9092'],
    },
    {},
  )
  const stopping = new AbortController()
  const done = fleet.run(stopping.signal, 100)
  return {
    ids: () => fleet.status().map(({ id }) => id),
    groups: () => fleet.status().map(({ groupId }) => groupId),
    refusals: () => fleet.refusals(),
    async stop() {
      stopping.abort()
      await done
    },
  }
}

test('a mapping that appears is run, one that changes is run again, one that goes is ended', async () => {
  let deployed: readonly MappingDescription[] = [ORDERS]
  const { ids, stop } = fleetOf(async () => deployed)

  await until('the mapping', () => ids().join() === 'one')
  deployed = [ORDERS, { ...ORDERS, UUID: 'two' }]
  await until('the one that appeared', () => ids().join() === 'one,two')
  deployed = [
    { ...ORDERS, BatchSize: 20 },
    { ...ORDERS, UUID: 'two' },
  ]
  await until('the one that changed', () => ids().join() === 'two,one')
  deployed = []
  await until('the end of both', () => ids().length === 0)
  await stop()
})

test('a mapping that cannot be meant and a list that cannot be read hold up no other', async () => {
  let reads = 0
  const { ids, stop } = fleetOf(async () => {
    if (reads++ === 0) throw new Error('the emulator is not up yet')
    return [
      { ...ORDERS, BatchSize: 0 },
      { ...ORDERS, UUID: 'two' },
    ]
  })

  await until('the one that can be meant', () => ids().length > 0 && reads > 3)
  assert.deepEqual(ids(), ['two'])
  await stop()
  assert.deepEqual(ids(), [])
})

test('a mapping that is not enabled is not run', async () => {
  const { ids, stop } = fleetOf(async () => [
    { ...ORDERS, Enabled: false },
    { ...ORDERS, UUID: 'two', Enabled: true },
  ])

  await until('the one that is enabled', () => ids().length > 0)
  assert.deepEqual(ids(), ['two'])
  await stop()
})

test('a mapping without a UUID has another group in every start, so it reads its topic again', async () => {
  const { UUID: _, ...anonymous } = ORDERS
  const [first, second] = [fleetOf(async () => [anonymous]), fleetOf(async () => [anonymous])]

  await until('both groups', () => first.groups().length + second.groups().length === 2)
  assert.notDeepEqual(first.groups(), second.groups())
  await Promise.all([first.stop(), second.stop()])
})

test('what is wrong with a mapping that is not run is told', async () => {
  const { refusals, stop } = fleetOf(async () => [{ ...ORDERS, BatchSize: 0 }])

  await until('a refusal', () => refusals().length > 0)
  assert.deepEqual(refusals(), ['BatchSize takes a whole number from 1 to 10000; got 0.'])
  await stop()
})
