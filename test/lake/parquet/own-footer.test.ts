import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { footerBytesOf, footerIn } from '../../../lake/parquet/checked-footer.ts'
import { columnsFile } from '../../../lake/parquet/columns-file.ts'
import { parquetEncoder } from '../../../lake/parquet/encoder.ts'
import { OtherLayout } from '../../../lake/parquet/other-layout.ts'
import { ownLayoutIn } from '../../../lake/parquet/own-footer.ts'
import type { OwnLayout } from '../../../lake/parquet/own-layout.ts'
import { parquetGroups } from '../../../lake/parquet/row-groups.ts'
import { wordsOf } from '../../../lake/tables/cells.ts'
import type { Column, Table } from '../../../lake/tables/table.ts'
import { BARS } from '../../../lake/tables/tables.ts'
import { anyTable } from '../../support/any-table.ts'
import { PATIENCE_MS } from '../../support/until.ts'

const TAIL = 8
const CODECS: Readonly<Record<number, string>> = { 0: 'UNCOMPRESSED', 6: 'ZSTD' }

const cuts = fc.record({
  rowGroupRows: fc.constantFrom(7, 100, 1_000_000),
  pageRows: fc.constantFrom(1, 8, 100, 20_000),
  pageBytes: fc.constantFrom(64, 1_048_576),
})
const notes = fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ maxLength: 20 }), { maxKeys: 3 })

/** hyparquet's reading of a footer; of a text it would leave out a mark at its beginning. */
function asHyparquetReads(footer: Uint8Array): OtherLayout {
  return new OtherLayout(
    footerIn(footer, {
      timestampFromMilliseconds: Number,
      timestampFromMicroseconds: (micros) => Math.floor(Number(micros) / 1000),
      stringFromBytes: (bytes) => Buffer.from(bytes).toString(),
    }),
  )
}

function assertSame(own: OwnLayout, other: OtherLayout): void {
  assert.equal(own.rows, other.rows)
  assert.deepEqual(own.notes, other.notes)
  assert.equal(own.groupCount, other.groupCount)
  const { schema, row_groups } = other.metadata
  assert.deepEqual(
    own.footer.columns.map(({ name, nullable }) => [name, nullable ? 'OPTIONAL' : 'REQUIRED']),
    schema.slice(1).map(({ name, repetition_type }) => [name, repetition_type]),
  )
  for (const [group, { columns }] of row_groups.entries()) {
    assert.equal(own.rowsIn(group), other.rowsIn(group))
    for (const [at, { name }] of own.footer.columns.entries()) {
      const said = (layout: OwnLayout | OtherLayout) => ({
        span: layout.spanOf(group, name),
        bounds: layout.bounds(group, name),
        nulls: layout.nullsIn(group, name),
      })
      assert.deepEqual(said(own), said(other), `${name} of row group ${group}`)
      assert.equal(CODECS[own.codecOf(group, name)], columns[at]?.meta_data?.codec)
    }
  }
}

describe('the footer of any file that our encoder writes', () => {
  test('is read as hyparquet reads it', () => {
    fc.assert(
      fc.property(anyTable(300), cuts, notes, ({ table, columns }, cut, said) => {
        const footer = footerBytesOf(parquetEncoder(cut).encode(table, columns, said))

        const own = ownLayoutIn(footer.subarray(0, -TAIL))

        assert.ok(own, 'our own file was taken for another writer’s')
        assertSame(own, asHyparquetReads(footer))
      }),
      { numRuns: 200, interruptAfterTimeLimit: PATIENCE_MS, markInterruptAsFailure: true },
    )
  })

  test('with bytes changed is never read as something else than hyparquet reads', () => {
    const bends = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(anyTable(60), cuts, bends, ({ table, columns }, cut, bent) => {
        const footer = Buffer.from(footerBytesOf(parquetEncoder(cut).encode(table, columns, { a: 'b' })))
        for (const [at, value] of bent) footer[at % (footer.length - TAIL)] = value

        const own = ownLayoutIn(footer.subarray(0, -TAIL))
        if (!own) return
        const other = orNothing(() => asHyparquetReads(footer))
        if (other) assertSame(own, other)
      }),
      { numRuns: 1_000, interruptAfterTimeLimit: PATIENCE_MS, markInterruptAsFailure: true },
    )
  })
})

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

describe('our own reader of footers', () => {
  test('reads a month of many row groups, of columns with statistics and without', () => {
    const writer = parquetGroups.write(BARS)
    for (let group = 0; group < 40; group++) writer.group({ rows: 3, cells: cellsOf(BARS, group) })
    const footer = footerBytesOf(writer.finish({ 'tickerlake.note': 'here' }))

    const own = ownLayoutIn(footer.subarray(0, -TAIL))

    assert.ok(own)
    assertSame(own, asHyparquetReads(footer))
    assert.deepEqual(own.bounds(7, 'symbol'), { min: 'S7', max: 'T7' })
    assert.equal(own.bounds(7, 'open'), undefined)
    assert.ok(own.size > 1_000 && own.size < 100_000, `${own.size} bytes`)
  })

  test('leaves the files of other writers to hyparquet', () => {
    const file = columnsFile([{ name: 'symbol', type: 'text', cells: ['AAPL'] }])

    assert.equal(ownLayoutIn(footerBytesOf(file).subarray(0, -TAIL)), undefined)
    assert.equal(ownLayoutIn(Buffer.from('tickerlake version 1')), undefined)
    assert.equal(ownLayoutIn(new Uint8Array()), undefined)
  })
})

function cellsOf({ columns }: Table, group: number) {
  const cell = ({ name, type }: Column) => {
    if (type !== 'string') return Float64Array.of(group, group + 1, group + 2)
    return wordsOf(name === 'symbol' ? [`S${group}`, `S${group}`, `T${group}`] : ['a', 'a', 'b'])
  }
  return Object.fromEntries(columns.map((column) => [column.name, cell(column)]))
}
