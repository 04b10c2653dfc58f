/** What is fetched from Yahoo Finance, and how often; nothing by default. */
import { FETCHED_INTERVALS } from '../../lake/fetch/periods.ts'
import { everywhere, list, optional, whole } from '../knob.ts'

const INTERVAL = new RegExp(`^(?:${FETCHED_INTERVALS.join('|')})$`)

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
