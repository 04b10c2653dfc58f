/** Opens files of the lake's tables: the footer by our own reader where it can, else by hyparquet's. */
import { RecentlyUsed } from '../recently-used.ts'
import { footerIn, readFooterBytes, TAIL_BYTES } from './checked-footer.ts'
import type { FileBytes } from './file-source.ts'
import { EPOCH_PARSERS } from './flat-column.ts'
import { OtherLayout } from './other-layout.ts'
import { ownLayoutIn } from './own-footer.ts'
import { OwnLayout } from './own-layout.ts'

export type Layout = OwnLayout | OtherLayout

/** Throws where the file is no Parquet file, or its footer asks for more than it holds. */
export async function openLayout(source: FileBytes, firstFetchBytes: number): Promise<Layout> {
  return layoutIn(await readFooterBytes(source, firstFetchBytes))
}

/** As hyparquet reads it, whoever has written it. */
export async function openOther(source: FileBytes, firstFetchBytes: number): Promise<OtherLayout> {
  return new OtherLayout(footerIn(await readFooterBytes(source, firstFetchBytes), EPOCH_PARSERS))
}

/** By the bytes of a footer and its tail. */
function layoutIn(bytes: Uint8Array): Layout {
  return ownLayoutIn(bytes.subarray(0, -TAIL_BYTES)) ?? new OtherLayout(footerIn(bytes, EPOCH_PARSERS))
}

/** The footers of files that are read again and again, by version, up to a number of bytes. */
export class KeptLayouts {
  readonly #layouts: RecentlyUsed<OwnLayout>

  constructor(capacityBytes: number) {
    this.#layouts = new RecentlyUsed(capacityBytes, ({ size }) => size)
  }

  /** The kept footer of a version, or what `open` reads. What hyparquet reads is too large to be kept. */
  async of(version: string, open: () => Promise<Layout>): Promise<Layout> {
    const known = this.#layouts.get(version)
    if (known) return known
    const layout = await open()
    if (layout instanceof OwnLayout) this.#layouts.set(version, layout)
    return layout
  }
}
