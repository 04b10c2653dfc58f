import type { Layout } from './open-layout.ts'
import { OwnLayout } from './own-layout.ts'

/** The footers of files that are read again and again, by version; of those that were used longest ago it lets go. */
export class KeptLayouts {
  readonly #capacity: number
  readonly #layouts = new Map<string, OwnLayout>()
  #bytes = 0

  constructor(capacityBytes: number) {
    this.#capacity = capacityBytes
  }

  /** The kept footer of a version, or what `open` reads. What hyparquet reads is too large to be kept. */
  async of(version: string, open: () => Promise<Layout>): Promise<Layout> {
    const known = this.#layouts.get(version)
    if (known) {
      this.#layouts.delete(version)
      this.#layouts.set(version, known)
      return known
    }
    const layout = await open()
    if (layout instanceof OwnLayout) this.#keep(version, layout)
    return layout
  }

  #keep(version: string, layout: OwnLayout): void {
    this.#bytes += layout.size - (this.#layouts.get(version)?.size ?? 0)
    this.#layouts.set(version, layout)
    for (const [oldest, { size }] of this.#layouts) {
      if (this.#bytes <= this.#capacity) return
      this.#layouts.delete(oldest)
      this.#bytes -= size
    }
  }
}
