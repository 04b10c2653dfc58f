import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { cleanBars } from '../../../dashboard/server/symbol-bars.ts'
import { SymbolFindings } from '../../../dashboard/server/symbol-findings.ts'
import { KeptLayouts } from '../../../lake/parquet/open-layout.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn } from '../../support/compaction.ts'
import { diskLake } from '../../support/disk-lake.ts'
import { land, landed } from '../../support/lake-builder.ts'

const DAY_MS = 86_400_000
const MONDAY = Date.UTC(2013, 2, 4)

const { lake, store, remove } = diskLake()
after(remove)

/** Some weeks of sessions; where a day is named, its price is another, or it is missing. */
function barsOf(symbol: string, odd: Readonly<Record<number, number | null>>, firstOffset: number) {
  const days = Array.from({ length: 40 }, (_, i) => i).filter((i) => odd[i] !== null)
  return days.map((i, at) => {
    const price = odd[i] ?? 100 + (i % 3)
    const t = MONDAY + (Math.floor(i / 5) * 7 + (i % 5)) * DAY_MS
    const prices = { open: price, high: price + 1, low: price - 1, close: price, adj_close: price }
    return landed({ symbol, ts_event: t, ...prices, volume: 1000 + i, kafka_offset: firstOffset + at })
  })
}

test('a symbol’s findings are those that the view has of it, beside any others', async () => {
  const rows = [
    ...barsOf('GAP', { 12: null, 13: null }, 0),
    ...barsOf('SPIKE', { 20: 300 }, 100),
    ...barsOf('CALM', {}, 200),
  ]
  await land(store, rows, 'a')
  await runCompaction(compactionOn(store))
  const { rows: all } = await lake.engine.run(
    'SELECT symbol, CAST(session_date AS varchar), finding, size FROM bars_findings ORDER BY session_date, finding',
  )
  const findings = new SymbolFindings((files) => lake.ownEngine(files, 'findings'))
  const bars = (symbol: string) => cleanBars(symbol, '1d', { files: lake.files, footers: new KeptLayouts(1e6) })

  const found = await Promise.all(
    ['GAP', 'SPIKE', 'CALM', 'NONE'].map(
      async (symbol) => [symbol, await findings.of(symbol, 'v1', await bars(symbol))] as const,
    ),
  )

  for (const [symbol, ours] of found) {
    const wanted = all
      .filter(([of]) => of === symbol)
      .map(([, day, finding, size]) => ({
        t: Date.parse(`${day}T00:00:00Z`),
        finding,
        size: size == null ? null : Number(size),
      }))
    assert.deepEqual(ours, wanted, symbol)
  }
  const kinds = (symbol: string) => new Set(found.find(([of]) => of === symbol)?.[1].map(({ finding }) => finding))
  assert.ok(kinds('GAP').has('missing_session'))
  assert.ok(kinds('SPIKE').has('spike'))
})
