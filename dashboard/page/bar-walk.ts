/** Keys that go from bar to bar: arrows, with Shift ten at once; Home and End to the ends. Pure. */

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

/** The bar that a key leads to, of so many, from one of them or from behind the last; undefined for other keys. */
export function barAfter(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  from: number | undefined,
  bars: number,
): number | undefined {
  const by = STEPS[key]
  if (by === undefined || bars === 0) return undefined
  const at = from ?? bars - (by < 0 ? 0 : 1)
  return Math.min(Math.max(at + by * (shiftKey ? 10 : 1), 0), bars - 1)
}
