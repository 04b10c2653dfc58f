/** Splits and dividends, each statement once, as Yahoo Finance's charts tell of them. */
import { LAYOUT } from '../layout.ts'
import type { RowOf, Table } from './table.ts'

export const ACTIONS = {
  name: 'actions',
  doc: 'Splits and dividends, a row for each statement; of several statements of one the newest counts.',
  prefix: LAYOUT.actions,
  partitionKey: { name: 'month', grain: 'month', doc: 'Month of ts_known (UTC).' },
  sortedBy: ['symbol', 'ts_event'],
  columns: [
    { name: 'symbol', type: 'string', nullable: false, doc: 'Yahoo symbol.' },
    {
      name: 'ts_event',
      type: 'timestamp',
      nullable: false,
      doc: 'The first session with the new price basis (ex-date), at 00:00 UTC as daily bars have it.',
    },
    { name: 'ts_effective', type: 'timestamp', nullable: false, doc: 'When that session opens.' },
    { name: 'kind', type: 'string', nullable: false, doc: 'split or dividend.' },
    {
      name: 'ratio',
      type: 'double',
      nullable: true,
      unit: 'new shares for an old one',
      doc: 'Of a split: 4 where four shares came of one, 0.1 where one came of ten.',
    },
    {
      name: 'amount',
      type: 'double',
      nullable: true,
      unit: 'the quote currency of the symbol',
      doc: 'Of a dividend: what was paid for a share of that day, later splits taken out again.',
    },
    { name: 'source', type: 'string', nullable: false, doc: 'Who says so: yahoo.' },
    { name: 'ts_known', type: 'timestamp', nullable: false, doc: 'When the fetcher was told.' },
  ],
} as const satisfies Table

export type ActionRow = RowOf<typeof ACTIONS>
