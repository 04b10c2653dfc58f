/** What stands at an address that is none of the dashboard's: what was asked for, and where one can go. */
import { PAGE_NAMES, type PageName } from '../api.ts'
import { h, replace } from './dom.ts'
import type { Page } from './page.ts'

const TELLS: Readonly<Record<PageName, string>> = {
  stream: 'what is sent and landed, and how far behind',
  market: 'a symbol’s bars as a chart and as a table',
  variety: 'how much there is, and what each column holds',
  quality: 'what was rejected, and whether every record is there',
  forecasts: 'how forecasts came true',
  query: 'SQL over the lake, saved or of your own',
}

export function nowhere(pages: Readonly<Record<PageName, Page>>): Page {
  return {
    title: 'Not here',
    open(place) {
      const links = PAGE_NAMES.map((name) =>
        h('li', {}, h('a', { href: `/${name}` }, pages[name].title), h('span', { class: 'dim' }, `: ${TELLS[name]}`)),
      )
      replace(
        place,
        h('h1', {}, 'Not here'),
        h(
          'div',
          { class: 'note', role: 'status' },
          h('p', {}, 'The dashboard has no page at ', h('code', {}, addressShown()), '.'),
          h('p', {}, 'It has these:'),
          h('ul', {}, links),
        ),
      )
    },
  }
}

/** As it was typed, where it can be read. */
function addressShown(): string {
  try {
    return decodeURI(location.pathname)
  } catch {
    return location.pathname
  }
}
