/** Symbols of three calendars, and a fetcher that runs over days of them. */
import type { aFetcher } from './fetching.ts'
import { CRYPTO, NEW_YORK, type StandInSymbol, TOKYO } from './yahoo-stand-in.ts'

export const HOLIDAYS = ['2026-11-26', '2026-12-25', '2027-01-01']
export const AAPL: StandInSymbol = {
  ...NEW_YORK,
  symbol: 'AAPL',
  first: '2026-10-01',
  holidays: HOLIDAYS,
  earlyEnds: { '2026-11-27': 13 * 60 },
}
export const SONY: StandInSymbol = { ...TOKYO, symbol: '6758.T', first: '2026-10-01' }
export const BTC: StandInSymbol = { ...CRYPTO, symbol: 'BTC-USD', first: '2026-10-01' }
export const MINUTE = 60_000
export const at = (text: string): number => Date.parse(text)

export type Fetching = ReturnType<typeof aFetcher>

/** Runs every so many minutes until an instant; gives the requests of each run that made any. */
export async function runUntil(fetching: Fetching, end: string, everyMinutes = 5): Promise<readonly string[]> {
  const asked: string[] = []
  while (fetching.clock.now() < at(end)) {
    const { asked: requests } = await fetching.run()
    if (requests > 0) asked.push(`${new Date(fetching.clock.now()).toISOString().slice(5, 16)} ${requests}`)
    fetching.clock.advance(everyMinutes * MINUTE)
  }
  return asked
}

export const days = async ({ history }: Fetching, symbol: string): Promise<readonly string[]> =>
  (await history()).filter((bar) => bar.startsWith(`${symbol} 1d`)).map((bar) => bar.split(' ')[2]?.slice(0, 10) ?? '')
