/** Elements in one line each. Text is always text: nothing here reads markup. */

type Child = Node | string | number | null | undefined | false
type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: never) => void)>>

/** An element with attributes, listeners (`onclick`) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  dress(element, attributes)
  fill(element, ...children)
  return element
}

/** The same for SVG. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Child | readonly Child[])[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  dress(element, attributes)
  fill(element, ...children)
  return element
}

function dress(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
}

/** Appends children; what is null, undefined or false is left out. */
export function fill(element: Element, ...children: readonly (Child | readonly Child[])[]): void {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue
    element.append(child instanceof Node ? child : String(child))
  }
}

/** Puts other children in the place of an element's. */
export function replace(element: Element, ...children: readonly (Child | readonly Child[])[]): void {
  element.replaceChildren()
  fill(element, ...children)
}

/** A dialog in the page, yet to be shown: closed by its button, by Escape, or by a press beside it; then it goes. */
export function modal(label: string, ...children: readonly (Child | readonly Child[])[]): HTMLDialogElement {
  const close = h('button', { type: 'button', class: 'plain', autofocus: true }, 'Close')
  const dialog = h('dialog', { 'aria-label': label, closedby: 'any' }, ...children, close)
  close.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  return dialog
}

/** How many pixels the reader's own size of text takes, by which everything that holds text is measured. */
export function remPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}

/** A tab that is not seen has no frames: this is as long as one is waited for. */
const FRAME_MS = 100

/** Resolves when what stands in the page now has been painted. */
export function nextFrame(): Promise<void> {
  return new Promise((painted) => {
    requestAnimationFrame(() => setTimeout(painted))
    setTimeout(painted, FRAME_MS)
  })
}
