/** What is wider or taller than its place: scrolled by keys too, and faded at the side where more of it stands. */
import { h } from './dom.ts'

export function scroller(label: string, content: HTMLElement): HTMLElement {
  const box = h('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': `${label}, scrolls` }, content)
  const mark = (): void => {
    box.classList.toggle('is-cut', box.scrollLeft + box.clientWidth < box.scrollWidth - 1)
  }
  box.addEventListener('scroll', mark, { passive: true })
  // Its own width, and that of what stands in it.
  const sizes = new ResizeObserver(mark)
  for (const one of [box, content]) sizes.observe(one)
  return box
}
