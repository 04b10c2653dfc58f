/** The colours of the style sheet, for what is drawn on a canvas. */

export interface Theme {
  readonly ground: string
  readonly text: string
  readonly dim: string
  readonly line: string
  readonly accent: string
  readonly up: string
  readonly down: string
  readonly volume: string
  /** From the outermost band to the innermost. */
  readonly bands: readonly string[]
  readonly median: string
  readonly realised: string
  /** One a series, told apart by the colour-blind too. */
  readonly series: readonly string[]
}

export function themeNow(): Theme {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    ground: of('ground'),
    text: of('text'),
    dim: of('dim'),
    line: of('line'),
    accent: of('accent'),
    up: of('up'),
    down: of('down'),
    volume: of('volume'),
    bands: [1, 2, 3, 4].map((i) => of(`band-${i}`)),
    median: of('median'),
    realised: of('realised'),
    series: [1, 2, 3, 4, 5, 6].map((i) => of(`series-${i}`)),
  }
}

/** Tells when the reader's machine changes between light and dark. */
export function onThemeChange(tell: () => void, signal: AbortSignal): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell, { signal })
}
