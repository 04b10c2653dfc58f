/** The page Market: one symbol's candles, volume, findings and forecast; or several symbols as returns. */
import type { SymbolEntry } from '../api.ts'
import { asked } from './address.ts'
import { ask } from './ask.ts'
import { h, replace } from './dom.ts'
import { MarketView, type ViewProps } from './market-view.ts'
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
    const draw = (series: ViewProps['series']): void => void new MarketView(place, { entries, series, context })
    const symbol = asked('symbol')
    // The address says what to draw: the list of all others is asked for when that stands.
    if (symbol !== '') return draw({ symbol, interval: asked('interval', '1d') })
    replace(place, waitingNote())
    const found = new AbortController()
    const searching = AbortSignal.any([found.signal, context.signal])
    const begin = async (): Promise<void> => {
      try {
        const [first] = await entries()
        if (searching.aborted) return
        if (!first) return replace(place, h('h1', {}, 'Market'), nothingLanded(context.shell))
        found.abort()
        draw(first)
      } catch (error) {
        if (!searching.aborted) replace(place, errorNote(error))
      }
    }
    begin()
    // The first bar that lands is drawn, or is found to have landed: the list knows of it with the next look.
    context.live.listen(({ changed = [] }) => {
      if (changed.length === 0) return
      listed = undefined
      begin()
    }, searching)
  },
}
