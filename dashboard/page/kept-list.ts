/** Elements that stay while what they show changes: the focus, a selection and the scrolling are left where they are. */

export interface Shown<T> {
  readonly element: Element
  show(value: T): void
}

/** As many children as there are values, each showing its own; the last ones come and go. */
export class KeptList<T> {
  readonly #place: Element
  readonly #make: () => Shown<T>
  readonly #items: Shown<T>[] = []

  constructor(place: Element, make: () => Shown<T>) {
    this.#place = place
    this.#make = make
  }

  show(values: readonly T[]): void {
    for (const [i, value] of values.entries()) (this.#items[i] ?? this.#add()).show(value)
    for (const { element } of this.#items.splice(values.length)) element.remove()
  }

  #add(): Shown<T> {
    const item = this.#make()
    this.#items.push(item)
    this.#place.append(item.element)
    return item
  }
}

/** A text is touched only where it is another: assistive technology would say it again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}
