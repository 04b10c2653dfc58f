/** The page Stream: what flows, how far behind it is, and the newest bars as they land. */
import { h, replace } from './dom.ts'
import { onKeys } from './keys.ts'
import { waitingNote } from './notes.ts'
import type { Page } from './page.ts'
import { GONE } from './stream-state.ts'
import { StreamView } from './stream-view.ts'

export const stream: Page = {
  title: 'Stream',
  keys: { p: 'pause, and go on' },
  open(place, { live, shell, signal }) {
    const view = new StreamView(shell)
    const pause = h('button', { type: 'button', class: 'toggle', 'aria-pressed': 'false' }, 'Pause')
    let isPaused = false
    pause.addEventListener('click', () => {
      isPaused = !isPaused
      pause.setAttribute('aria-pressed', String(isPaused))
    })
    const head = h(
      'div',
      { class: 'bar' },
      h('h1', {}, 'Stream'),
      h('span', { class: 'dim' }, `topic ${shell.topic}`),
      h('span', { class: 'spread' }, pause),
    )
    const body = h('div', {}, waitingNote('Looking at the broker and the bucket …'))
    replace(place, head, body)
    onKeys({ p: () => pause.click() }, signal)
    live.listen(({ stream: now, isGone }) => {
      if (isGone) view.tell(GONE)
      if (!now || isPaused) return
      view.show(now)
      if (!view.root.isConnected) replace(body, view.root)
    }, signal)
  },
}
