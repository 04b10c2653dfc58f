import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { isoDay } from '../../../lake/instant.ts'
import {
  closureOf,
  closuresOf,
  isSession,
  REGULAR_END,
  sessionEnd,
  sessionsBetween,
} from '../../../lake/queries/calendar.ts'

const on = (day: string): number => Date.parse(day)

describe('the US exchange calendar', () => {
  test('has the number of sessions that each year had', () => {
    const known = {
      1990: 253,
      1996: 254,
      2001: 248,
      2004: 252,
      2007: 251,
      2012: 250,
      2018: 251,
      2020: 253,
      2021: 252,
      2022: 251,
      2023: 250,
      2024: 252,
      2025: 250,
    }

    for (const [year, sessions] of Object.entries(known)) {
      const found = sessionsBetween(Date.UTC(Number(year), 0, 1), Date.UTC(Number(year) + 1, 0, 1))
      assert.equal(found.length, sessions, year)
    }
  })

  test('keeps holidays that fall on weekends on the Friday before or the Monday after, New Year only after', () => {
    assert.equal(closureOf(on('2021-12-24')), 'Christmas')
    assert.equal(closureOf(on('2022-12-26')), 'Christmas')
    assert.equal(closureOf(on('2020-07-03')), 'Independence Day')
    assert.equal(closureOf(on('2023-01-02')), "New Year's Day")
    assert.ok(isSession(on('2021-12-31')))
    assert.equal(closureOf(on('2022-06-20')), 'Juneteenth')
    assert.ok(isSession(on('2021-06-18')))
  })

  test('finds Good Friday, wherever Easter falls', () => {
    for (const day of ['1990-04-13', '2000-04-21', '2008-03-21', '2011-04-22', '2024-03-29', '2038-04-23']) {
      assert.equal(closureOf(on(day)), 'Good Friday', day)
    }
  })

  test('knows the closures that no rule foresaw', () => {
    assert.match(closureOf(on('2001-09-11')) ?? '', /September/)
    assert.match(closureOf(on('2012-10-29')) ?? '', /Sandy/)
    assert.equal(closuresOf(2001).length, 9 + 4)
  })

  test('says when a session ends early', () => {
    for (const day of [
      '1993-11-26',
      '2002-07-05',
      '2003-12-26',
      '2013-07-03',
      '2024-07-03',
      '2024-12-24',
      '2023-11-24',
      '2025-07-03',
    ]) {
      assert.equal(sessionEnd(on(day)), 13 * 60, day)
    }
    for (const day of ['2002-07-03', '1994-07-01', '2020-07-02', '2021-12-23', '2019-07-05', '2004-12-23']) {
      assert.equal(sessionEnd(on(day)), REGULAR_END, day)
    }
    assert.equal(sessionEnd(on('1992-12-24')), 14 * 60)
    assert.equal(sessionEnd(on('2024-07-04')), undefined)
  })

  test('agrees with thirteen years of real bars, day by day', async () => {
    const folder = join(import.meta.dirname, '../../../localstack/sample')
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.parquet'))) {
      const bytes = readFileSync(join(folder, file))
      const rows = await parquetReadObjects({
        file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
        compressors,
      })
      const days = rows.map((row) => isoDay(Number(Object.values(row)[0])))

      const sessions = sessionsBetween(on(days[0] ?? ''), on(days.at(-1) ?? '') + 1).map(isoDay)

      assert.deepEqual(days, sessions, file)
    }
  })
})
