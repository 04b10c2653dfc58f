import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chaosPlan } from '../../../../packages/lambda-kafka-local/src/core/chaos-plan.ts'

function actions(options: Parameters<typeof chaosPlan>[0], count = 2000) {
  const next = chaosPlan(options)
  return Array.from({ length: count }, () => next())
}

test('the same seed makes the same trouble, another seed other trouble', () => {
  assert.deepEqual(actions({ seed: 7 }), actions({ seed: 7 }))
  assert.notDeepEqual(actions({ seed: 7 }), actions({ seed: 8 }))
})

test('each kind of trouble comes about as often as it was asked for', () => {
  const plan = actions({ seed: 1, kill: 0.1, redeliver: 0.2, double: 0.3, recut: 0.5 })
  const share = (holds: (action: (typeof plan)[number]) => boolean) => plan.filter(holds).length / plan.length

  for (const [found, wanted] of [
    [share(({ fate }) => fate === 'kill'), 0.1],
    [share(({ fate }) => fate === 'redeliver'), 0.2],
    [share(({ double }) => double), 0.3],
    [share(({ batchSize }) => Number.isFinite(batchSize)), 0.5],
  ] as const) {
    assert.ok(Math.abs(found - wanted) < 0.05, `${found} for ${wanted}`)
  }
})

test('rates of nothing make no trouble', () => {
  const plan = actions({ seed: 3, kill: 0, redeliver: 0, double: 0, recut: 0 })

  assert.ok(plan.every(({ fate, double, batchSize }) => fate === 'go-on' && !double && batchSize === Infinity))
})
