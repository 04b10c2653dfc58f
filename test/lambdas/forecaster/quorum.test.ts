import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quorumDay } from '../../../lambdas/forecaster/quorum.ts'
import { walk, walks, weekday } from '../../support/walk.ts'

test('the newest day that two symbols traded on stands', () => {
  assert.equal(quorumDay(walks(3, 50)), weekday(49))
})

test('one bar dated ahead, by days or by a year, moves nobody', () => {
  for (const ahead of [1, 2, 400]) {
    const bars = [...walks(3, 50), { symbol: 'B', day: weekday(49) + ahead }]

    assert.equal(quorumDay(bars), weekday(49), String(ahead))
  }
})

test('a symbol that alone goes on trading is followed', () => {
  assert.equal(quorumDay([...walks(3, 50), ...walk('COIN', 90, 9)]), weekday(89))
})

test('coins have their weekend among shares, be it one, and a share has none', () => {
  const friday = weekday(49)
  const coin = (symbol: string) => Array.from({ length: 30 }, (_, n) => ({ symbol, day: friday + 1 - n }))

  const share = walks(9, 50)
  assert.equal(quorumDay([...share, { symbol: share[0]?.symbol ?? '', day: friday + 1 }]), friday)
  assert.equal(quorumDay([...share, ...coin('BTC')]), friday + 1)
  assert.equal(quorumDay([...walks(9, 50), ...coin('BTC'), ...coin('ETH')]), friday + 1)
})

test('there is none where nothing has been going', () => {
  assert.equal(quorumDay([]), undefined)
  assert.equal(quorumDay(walks(3, 2)), undefined)
})
