/** How the producer replays, how the consumer is fed, when months are compacted, and what is fetched from Yahoo Finance. */

import { FETCHED_INTERVALS } from '../../lake/fetch/periods.ts'
import { choice, everywhere, flag, list, optional, text, whole } from '../knob.ts'

export const PRODUCER_KNOBS = {
  schedule: flag(
    {
      doc: 'Whether the producer runs every minute; off, it runs when invoked by hand.',
      unit: 'true or false',
      cost: 'on: 43,800 invocations a month of up to a minute each',
    },
    { local: false, dev: true, prod: true, byo: true },
  ),
  everySeconds: whole(
    { doc: 'Pause between two sessions of the replay.', unit: 'seconds', cost: 'none', min: 1, max: 60 },
    everywhere(5),
  ),
  speed: text(
    {
      doc: 'Sessions sent per pause: 1 is a session every everySeconds, max is as fast as the broker takes them.',
      unit: 'sessions, or max',
      cost: 'more records a second land in more and larger files',
      like: /^(max|[1-9]\d{0,4})$/,
      takes: 'a whole number from 1 to 99999, or max',
    },
    everywhere('1'),
  ),
  atEnd: choice(
    {
      doc: 'What the producer does at the end of history: rest, or begin again.',
      unit: 'rest or loop',
      cost: 'loop lands the same history again and again',
      among: ['rest', 'loop'],
    },
    everywhere('rest'),
  ),
}

export const CONSUMER_KNOBS = {
  batchSize: whole(
    {
      doc: 'Most records of one invocation; Lambda also stops at 6 MB.',
      unit: 'records',
      cost: 'larger: fewer, larger files and invocations',
      min: 1,
      max: 10_000,
    },
    everywhere(10_000),
  ),
  batchWindowSeconds: whole(
    {
      doc: 'How long records are gathered before an invocation: the freshness of the lake.',
      unit: 'seconds',
      cost: 'two PUTs per window and partition: at 60 s $0.43 a month per partition, at 5 s $5.20',
      min: 0,
      max: 300,
    },
    { local: 1, dev: 60, prod: 60, byo: 60 },
  ),
  minPollers: whole(
    {
      doc: 'Fewest pollers of the mapping in provisioned mode; 0 is on-demand mode, which has neither bisect nor partial responses nor poller metrics.',
      unit: 'pollers of up to 5 MB/s',
      cost: 'up to 10 pollers share one unit of $0.185 an hour: at least $135 a month from 1 on; 0 costs two VPC endpoints instead',
      min: 0,
      max: 200,
    },
    { local: 1, dev: 0, prod: 1, byo: 1 },
  ),
  maxPollers: whole(
    {
      doc: 'Most pollers in provisioned mode.',
      unit: 'pollers',
      cost: 'as for minPollers, while in use',
      min: 1,
      max: 2000,
    },
    { local: 1, dev: 4, prod: 8, byo: 4 },
  ),
  retryAttempts: whole(
    {
      doc: 'Tries of a batch that the consumer cannot land, before it goes to the on-failure destination (provisioned mode).',
      unit: 'tries',
      cost: 'one invocation each',
      min: 0,
      max: 10_000,
    },
    everywhere(100),
  ),
  maxRecordAgeHours: whole(
    {
      doc: 'Age at which a record that cannot be landed goes to the on-failure destination (provisioned mode).',
      unit: 'hours',
      cost: 'none',
      min: 1,
      max: 168,
    },
    { local: 24, dev: 24, prod: 72, byo: 24 },
  ),
  consumerMemoryMb: whole(
    {
      doc: 'Memory of the consumer; Lambda gives CPU in proportion, and encoding Parquet is CPU.',
      unit: 'MB',
      cost: '$0.0000133 per GB and second on arm64',
      min: 256,
      max: 10_240,
    },
    everywhere(1024),
  ),
  reservedConcurrency: whole(
    {
      doc: 'Invocations of producer and consumer kept for each, and the most they take; 0 reserves none. A new account may allow none.',
      unit: 'invocations',
      cost: 'none',
      min: 0,
      max: 1000,
    },
    { local: 0, dev: 0, prod: 20, byo: 0 },
  ),
}

export const COMPACTION_KNOBS = {
  compactMinutes: whole(
    {
      doc: 'How often landed files are merged into the months of `bars` (while the schedule is on).',
      unit: 'minutes',
      cost: 'a run with nothing to do is four function seconds; each month touched is read and written whole',
      min: 5,
      max: 1440,
    },
    { local: 60, dev: 360, prod: 60, byo: 360 },
  ),
  compactorMemoryMb: whole(
    {
      doc: 'Memory of the function that merges months; Lambda gives CPU in proportion.',
      unit: 'MB',
      cost: '$0.0000133 per GB and second on arm64',
      min: 1024,
      max: 10_240,
    },
    everywhere(2048),
  ),
  forecastTimes: list({
    doc: 'Where symbols are fetched: times of day at which bars are merged and forecast beside compactMinutes, each after the close of a calendar. None given: after New York, and after the day of coins. The clocks of a zone change as they do.',
    unit: 'HH:MM@zone',
    cost: 'a run a day each, as of compactMinutes',
    like: /^(?:[01]\d|2[0-3]):[0-5]\d@(?:UTC|[A-Z][A-Za-z]+\/[A-Za-z_]+)$/,
    takes: 'times with their zones, commas between, such as 16:50@America/New_York,15:50@Asia/Tokyo',
  }),
}

const INTERVAL = new RegExp(`^(?:${FETCHED_INTERVALS.join('|')})$`)

/** Nothing is fetched by default. */
export const FETCHER_KNOBS = {
  symbols: list({
    doc: 'Symbols that the fetcher asks Yahoo Finance for, such as AAPL,BTC-USD; or `file`: the object `fetch/symbols.txt` of the bucket, one a line. Without symbols there is no fetcher.',
    unit: 'symbols, or file',
    cost: 'two PUTs a symbol and day at 1d; see fetchMinutes',
    like: /^(?:file|[A-Za-z0-9^][A-Za-z0-9.\-=^&_]{0,31})$/,
    takes: "Yahoo's symbols with commas between, such as AAPL,BRK-B,^GSPC, or file",
  }),
  intervals: list({
    doc: 'Intervals that are fetched of each symbol; none given: 1d. Yahoo keeps 1m for 30 days, 2m to 30m for 60, 1h for two years.',
    unit: FETCHED_INTERVALS.join(', '),
    cost: '1m at fetchMinutes=1: some 800 PUTs a symbol and session, $0.09 a month and symbol',
    like: INTERVAL,
    takes: `${FETCHED_INTERVALS.join(', ')}, commas between`,
  }),
  fetchMinutes: whole(
    {
      doc: 'How often the fetcher looks which symbols are due: after their sessions at 1d, while they last at shorter intervals.',
      unit: 'minutes',
      cost: 'a run with nothing due is a second of 512 MB: at 5 minutes $0.06 a month',
      min: 1,
      max: 1440,
    },
    everywhere(5),
  ),
  fetchYears: whole(
    {
      doc: 'How many years of daily bars are fetched of a new symbol.',
      unit: 'years',
      cost: 'some 8 kB a symbol and year',
      min: 1,
      max: 60,
    },
    everywhere(10),
  ),
  fetchBudget: whole(
    {
      doc: 'Requests to Yahoo of one run; what is left waits for the next.',
      unit: 'requests',
      cost: 'none',
      min: 1,
      max: 10_000,
    },
    everywhere(500),
  ),
  yahooEndpoint: optional({
    doc: 'A server on this machine that the fetcher of the stage local asks in place of Yahoo Finance: a stand-in of it.',
    unit: 'address',
    cost: 'none',
    like: /^http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5}$/,
    takes: 'an address of this machine, such as http://127.0.0.1:21290',
  }),
}
