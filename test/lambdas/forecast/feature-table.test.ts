import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { effectsOf, etaOf, fourCorrections, fourEtas } from '../../../lambdas/forecast/effects.ts'
import { DATE_COLUMNS, FEATURE_COUNT, ROW_COLUMNS } from '../../../lambdas/forecast/feature-table.ts'
import { featuresOf } from '../../../lambdas/forecast/features.ts'
import { addTableRows, emptyTableMoments, wholeMoments } from '../../../lambdas/forecast/table-moments.ts'
import { walkPanel } from '../../support/walk.ts'

const PANEL = walkPanel(3, 120)
const { x } = featuresOf(PANEL)
const ROWS = PANEL.day.length

/** All features of a row in the order of the coefficients. */
function wholeRow(row: number): number[] {
  const whole = new Array<number>(FEATURE_COUNT).fill(Number.NaN)
  const date = x.dateOf[row] ?? Number.NaN
  for (const [j, column] of ROW_COLUMNS.entries()) whole[column] = x.ofRow[row * ROW_COLUMNS.length + j] ?? Number.NaN
  for (const [j, column] of DATE_COLUMNS.entries())
    whole[column] = x.ofDate[date * DATE_COLUMNS.length + j] ?? Number.NaN
  return whole
}

describe('features kept once a date', () => {
  test('are with those of the rows all that there are, each once', () => {
    const columns = [...ROW_COLUMNS, ...DATE_COLUMNS].sort((a, b) => a - b)

    assert.deepEqual(
      columns,
      Array.from({ length: FEATURE_COUNT }, (_, i) => i),
    )
    assert.ok(wholeRow(200).every(Number.isFinite))
  })

  test('have the second moments of whole rows, in whatever steps these are added', () => {
    const moments = emptyTableMoments()
    addTableRows(moments, x, Int32Array.of(30, 61, 125, 160, 250, 260), { from: 0, to: 61 })
    addTableRows(moments, x, Int32Array.of(61, 90, 301, 360), { from: 61, to: 120 })

    const { sums, rows } = wholeMoments(moments)
    const added = Array.from({ length: ROWS }, (_, row) => row).filter(
      (row) => (row >= 30 && row < 90) || (row >= 125 && row < 160) || (row >= 250 && row < 260) || row >= 301,
    )
    assert.equal(rows, added.length)
    const whole = added.map(wholeRow)
    for (let i = 0; i < FEATURE_COUNT; i++) {
      for (let j = 0; j <= i; j++) {
        const sum = whole.reduce((total, row) => total + (row[i] ?? 0) * (row[j] ?? 0), 0)
        assert.ok(Math.abs((sums[i * FEATURE_COUNT + j] ?? Number.NaN) - sum) < 1e-9 * (1 + Math.abs(sum)), `${i} ${j}`)
      }
    }
  })

  test('give the corrections of whole rows, by one row and by several', () => {
    const models = [1, 2, 3, 4].map((k) =>
      Float64Array.from({ length: FEATURE_COUNT }, (_, j) => Math.sin(k * 7 + j) / 100),
    )
    const effects = models.map((b) => effectsOf(b, x))
    const expected = (k: number, row: number): number =>
      wholeRow(row).reduce((sum, value, j) => sum + value * (models[k]?.[j] ?? Number.NaN), 0)
    const near = (a: number | undefined, b: number) => assert.ok(Math.abs((a ?? Number.NaN) - b) < 1e-12, `${a} ${b}`)

    const [one, two, three, four] = effects
    assert.ok(one && two && three && four)
    const [several, four4] = [new Float64Array(4), new Float64Array(4)]
    fourEtas(several, two, x, 118)
    fourCorrections(four4, [one, two, three, four], x, 207)

    for (let i = 0; i < 4; i++) near(several[i], expected(1, 118 + i))
    for (let k = 0; k < 4; k++) near(four4[k], expected(k, 207))
    near(etaOf(three, x, 50), expected(2, 50))
  })
})
