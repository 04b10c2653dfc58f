/** Opens files of the lake's tables: the footer by our own reader where it can, else by hyparquet's. */
import { footerBytesOf, footerIn, readFooterBytes, TAIL_BYTES } from './checked-footer.ts'
import type { FileBytes } from './file-source.ts'
import { EPOCH_PARSERS, OtherLayout } from './other-layout.ts'
import { ownLayoutIn } from './own-footer.ts'
import type { OwnLayout } from './own-layout.ts'

export type Layout = OwnLayout | OtherLayout

/** Throws where the file is no Parquet file, or its footer asks for more than it holds. */
export async function openLayout(source: FileBytes, firstFetchBytes: number): Promise<Layout> {
  return layoutIn(await readFooterBytes(source, firstFetchBytes))
}

/** As hyparquet reads it, whoever has written it. */
export async function openOther(source: FileBytes, firstFetchBytes: number): Promise<OtherLayout> {
  return new OtherLayout(footerIn(await readFooterBytes(source, firstFetchBytes), EPOCH_PARSERS))
}

/** Of a file in memory. */
export function layoutOf(body: Uint8Array): Layout {
  return layoutIn(footerBytesOf(body))
}

/** By the bytes of a footer and its tail. */
function layoutIn(bytes: Uint8Array): Layout {
  return ownLayoutIn(bytes.subarray(0, -TAIL_BYTES)) ?? new OtherLayout(footerIn(bytes, EPOCH_PARSERS))
}
