/** A row of buttons of which one is pressed, and a switch. */
import { h } from './dom.ts'

export interface ChoiceProps<T extends string> {
  readonly label: string
  readonly options: readonly { readonly value: T; readonly text: string; readonly title?: string }[]
  readonly chosen: T
  readonly choose: (value: T) => void
}

export function choice<T extends string>({ label, options, chosen, choose }: ChoiceProps<T>): HTMLElement {
  const buttons = options.map(({ value, text, title }) =>
    h(
      'button',
      {
        type: 'button',
        'aria-pressed': String(value === chosen),
        title,
        'data-value': value,
        onclick: () => press(value),
      },
      text,
    ),
  )
  const press = (value: T): void => {
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['value'] === value))
    choose(value)
  }
  return h('div', { class: 'choice', role: 'group', 'aria-label': label }, buttons)
}

/** Presses the button behind the pressed one, or before it. */
export function stepChoice(group: HTMLElement, by: 1 | -1): void {
  const buttons = [...group.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button.getAttribute('aria-pressed') === 'true')
  buttons[Math.min(Math.max(at + by, 0), buttons.length - 1)]?.click()
}

export function toggle(text: string, isOn: boolean, change: (isOn: boolean) => void): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'toggle', 'aria-pressed': String(isOn) }, text)
  button.addEventListener('click', () => {
    const next = button.getAttribute('aria-pressed') !== 'true'
    button.setAttribute('aria-pressed', String(next))
    change(next)
  })
  return button
}
