import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localQueryEngine } from '../../../lake/queries/local-query-engine.ts'

test('timestamps of the emulator are printed to the millisecond, as Athena does', async () => {
  const asked: string[] = []
  const engine = localQueryEngine(
    {
      run: async (sql) => {
        asked.push(sql)
        const columns = [
          { name: 'ts', type: 'timestamp' },
          { name: 'text', type: 'varchar' },
        ]
        const rows = [
          ['2013-03-01 00:00:00', '1.5'],
          ['2013-03-01 00:00:00.123456', null],
        ]
        return { columns, rows, stats: { bytesScanned: 0, milliseconds: 0 } }
      },
    },
    'lake',
  )

  const { rows } = await engine.run('SELECT ts_event FROM bars')

  assert.deepEqual(rows, [
    ['2013-03-01 00:00:00.000', '1.5'],
    ['2013-03-01 00:00:00.123', null],
  ])
  assert.match(asked[0] ?? '', /FROM "lake"\."bars"/)
})
