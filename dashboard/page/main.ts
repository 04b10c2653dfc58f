/** The frame around every page: the rail, the addresses, the keys, the one dot that says how the stream is. */
import { PAGE_NAMES, type PageName, type Shell } from '../api.ts'
import { pageOfAddress } from './address.ts'
import { shellOfPage } from './ask.ts'
import { h, replace } from './dom.ts'
import { forecasts } from './forecasts.ts'
import { listenToKeys } from './keys.ts'
import { type Live, openLive } from './live.ts'
import { market } from './market.ts'
import { errorNote } from './notes.ts'
import { nowhere } from './nowhere.ts'
import type { Page } from './page.ts'
import { quality } from './quality.ts'
import { query } from './query.ts'
import { stream } from './stream.ts'
import { GONE, type StreamState, stateOf } from './stream-state.ts'
import { variety } from './variety.ts'

const PAGES: Readonly<Record<PageName, Page>> = {
  stream,
  market,
  variety,
  quality,
  forecasts,
  query,
}

const NOWHERE = nowhere(PAGES)

const main = h('main', { id: 'page', tabindex: -1 })
let leave = new AbortController()

function start(): void {
  const skip = h('a', { class: 'skip', href: '#page' }, 'Skip to the page')
  skip.addEventListener('click', (event) => {
    // No place of its own in the history: going back to it would open the page anew.
    event.preventDefault()
    main.focus()
  })
  document.body.append(skip)
  const shell = shellOfPage()
  const live = openLive()
  const rail = railOf(shell, live)
  document.body.append(rail, main, footer())
  const show = (): void => showPage(shell, live, rail)
  addEventListener('popstate', show)
  document.addEventListener('click', (event) => followLink(event, show))
  listenToKeys({ go: (name) => goTo(`/${name}`, show), pageKeys: () => current().keys ?? {} })
  show()
}

function current(): Page {
  const name = pageOfAddress()
  return name ? PAGES[name] : NOWHERE
}

function showPage(shell: Shell, live: Live, rail: HTMLElement): void {
  leave.abort()
  leave = new AbortController()
  const page = current()
  document.title = `${page.title} · ${shell.stage} · tickerlake`
  for (const link of rail.querySelectorAll('a'))
    if (link.pathname === `/${pageOfAddress()}`) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  main.replaceChildren()
  page.open(main, { shell, live, signal: leave.signal })
}

function goTo(path: string, show: () => void): void {
  history.pushState(null, '', path)
  show()
  main.focus()
}

/** Links within the dashboard change the page without loading it again. */
function followLink(event: MouseEvent, show: () => void): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey
  if (!link || link.origin !== location.origin || !isPlain || link.hash !== '') return
  event.preventDefault()
  goTo(link.pathname + link.search, show)
}

function railOf(shell: Shell, live: Live): HTMLElement {
  const links = PAGE_NAMES.map((name) => h('li', {}, h('a', { href: `/${name}` }, PAGES[name].title)))
  const dot = h('span', { class: 'dot idle', 'aria-hidden': 'true' })
  const word = h('span', { class: 'word' }, 'Looking …')
  const sentence = h('p', { hidden: true })
  const button = h('button', { type: 'button', 'aria-expanded': 'false', 'aria-label': 'Stream: Looking …' }, dot, word)
  const show = (isShown: boolean): void => {
    sentence.hidden = !isShown
    button.setAttribute('aria-expanded', String(isShown))
  }
  for (const name of ['mouseenter', 'focus']) button.addEventListener(name, () => show(true))
  for (const name of ['mouseleave', 'blur']) button.addEventListener(name, () => show(false))
  const told = (state: StreamState): void => {
    dot.className = `dot ${state.kind}`
    word.textContent = state.word
    sentence.textContent = state.sentence
    button.setAttribute('aria-label', `Stream: ${state.word}. ${state.sentence}`)
  }
  live.listen(({ stream, isGone }) => {
    if (isGone) told(GONE)
    else if (stream) told(stateOf(stream, shell))
  }, new AbortController().signal)
  return h(
    'nav',
    { class: 'rail', 'aria-label': 'Pages' },
    h(
      'div',
      { class: 'lake' },
      h('strong', {}, 'tickerlake'),
      h('span', { title: shell.where }, `stage ${shell.stage}`),
    ),
    h('ul', {}, links),
    h('div', { class: 'state' }, button, sentence),
  )
}

function footer(): HTMLElement {
  const notice = h(
    'a',
    { href: 'https://www.tradingview.com/', rel: 'noreferrer', target: '_blank' },
    'tradingview.com',
  )
  return h(
    'footer',
    {},
    'Times in UTC. Keys: ',
    h('kbd', {}, '?'),
    '. Charts: TradingView Lightweight Charts™, © TradingView, Inc. ',
    notice,
  )
}

try {
  start()
} catch (error) {
  replace(document.body, errorNote(error))
}
