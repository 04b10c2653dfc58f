/** A button that copies a text, and says whether it could. */
import { h } from './dom.ts'

/** How long it says what came of it. */
const TOLD_MS = 2_000

export function copyButton(name: string, text: () => string, label = name): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'quiet', 'aria-label': label }, name)
  let told: ReturnType<typeof setTimeout> | undefined
  const tell = (word: string): void => {
    button.textContent = word
    button.setAttribute('aria-label', word)
    clearTimeout(told)
    told = setTimeout(() => {
      button.textContent = name
      button.setAttribute('aria-label', label)
    }, TOLD_MS)
  }
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text()).then(
      () => tell('Copied'),
      () => tell('The browser did not let it be copied'),
    )
  })
  return button
}
