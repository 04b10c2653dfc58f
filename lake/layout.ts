/**
 * Where everything lies in the lake's bucket: prefixes without a slash at their end, and single objects. Code that reads
 * and writes there and the template that grants, expires and watches it both take them from here.
 */
export const LAYOUT = {
  /** Strangers' files of bars, which the producer replays. */
  history: 'history',
  /** What the fetcher knows between its runs, and the list of symbols that people edit. */
  fetch: 'fetch',
  fetchState: 'fetch/state.json',
  fetchSymbols: 'fetch/symbols.txt',
  /** Splits and dividends, as the fetcher was told of them. */
  actions: 'actions',
  replay: 'replay',
  /** Where the scheduled replay stands. */
  replayCursor: 'replay/cursor.json',
  /** One cursor a run by hand. */
  replayRuns: 'replay/runs',
  /** Which version of each history file was taken in. */
  replayFiles: 'replay/files.json',
  /** What was sent of each history file. */
  replaySent: 'replay/sent',
  landing: 'landing/bars',
  /** What the consumer has landed, one object a topic partition. */
  ledger: 'ledger',
  /** Where Lambda's poller puts the batches that it gave up; the path is Lambda's own. */
  givenUp: 'aws/lambda',
  /** Which rejects have been sent again. */
  resent: 'replayed',
  bars: 'bars',
  /** Says where the metadata of `bars` is, where there is no Glue to say it. */
  barsPointer: 'bars/table.json',
  compaction: 'compaction',
  /** How far each ledger is compacted, one object a snapshot of `bars`. */
  compactionMarks: 'compaction/marks',
  /** Where an older tickerlake kept the one mark of its lake. */
  oldCompactionMark: 'compaction/mark.json',
  compactionPlans: 'compaction/plans',
  models: 'models',
  forecasts: 'forecasts',
  forecastScores: 'forecast_scores',
  athenaResults: 'athena-results',
} as const
