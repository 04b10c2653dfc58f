/** The page Market: one symbol's candles, volume, findings and forecast; or several symbols as returns. */
import type { SymbolEntry } from '../api.ts'
import { asked } from './address.ts'
import { ask } from './ask.ts'
import { h, replace } from './dom.ts'
import { MarketView } from './market-view.ts'
import { errorNote, nothingLanded, waitingNote } from './notes.ts'
import type { Page } from './page.ts'

export const market: Page = {
  title: 'Market',
  keys: {
    '/': 'search a symbol',
    'j k': 'the next symbol, the one before',
    '[ ]': 'shorter, longer range',
    a: 'adjusted or as traded',
    l: 'linear or log',
    t: 'the table behind the chart',
    '← →': 'bar by bar, in the chart; with Shift ten',
  },
  open(place, context) {
    let listed: Promise<readonly SymbolEntry[]> | undefined
    const entries = (): Promise<readonly SymbolEntry[]> => {
      listed ??= ask<readonly SymbolEntry[]>('/api/symbols', context.signal).catch((error: unknown) => {
        listed = undefined
        throw error
      })
      return listed
    }
    const symbol = asked('symbol')
    if (symbol !== '') {
      // The address says what to draw: the list of all others is asked for when that stands.
      new MarketView(place, { entries, series: { symbol, interval: asked('interval', '1d') }, context })
      return
    }
    replace(place, waitingNote())
    entries().then(
      ([first]) => {
        if (first) new MarketView(place, { entries, series: first, context })
        else replace(place, h('h1', {}, 'Market'), nothingLanded(context.shell))
      },
      (error: unknown) => {
        if (!context.signal.aborted) replace(place, errorNote(error))
      },
    )
  },
}
