/** The page Market: one symbol's candles, volume, findings and forecast; or several symbols as returns. */
import type { SymbolEntry } from '../api.ts'
import { asked } from './address.ts'
import { ask } from './ask.ts'
import { h, replace } from './dom.ts'
import { MarketView } from './market-view.ts'
import { emptyNote, errorNote, waitingNote } from './notes.ts'
import type { Page } from './page.ts'

export const market: Page = {
  title: 'Market',
  keys: {
    '/': 'search a symbol',
    '[ ]': 'shorter, longer range',
    a: 'adjusted or as traded',
    l: 'linear or log',
    t: 'the table behind the chart',
    '← →': 'bar by bar, in the chart; with Shift ten',
  },
  open(place, context) {
    const entries = ask<readonly SymbolEntry[]>('/api/symbols', context.signal)
    const failed = (error: unknown): void => {
      if (!context.signal.aborted) replace(place, errorNote(error))
    }
    const symbol = asked('symbol')
    if (symbol !== '') {
      // The address says what to draw: nobody waits for the list of all others.
      entries.catch(failed)
      new MarketView(place, { entries, series: { symbol, interval: asked('interval', '1d') }, context })
      return
    }
    replace(place, waitingNote())
    entries.then(([first]) => {
      if (first) new MarketView(place, { entries, series: first, context })
      else replace(place, h('h1', {}, 'Market'), nothingYet())
    }, failed)
  },
}

function nothingYet(): HTMLElement {
  return emptyNote('Nothing has landed yet. This sends something:', 'npm run produce -- --symbols AAPL --speed max')
}
