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
  const of = palette()
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

/** Names, mixtures and the system's own colours, each as the red, green and blue that it comes to. */
function palette(): (name: string) => string {
  const probe = document.createElement('span')
  probe.style.setProperty('forced-color-adjust', 'none')
  const context = document.createElement('canvas').getContext('2d')
  return (name) => {
    probe.style.color = `var(--${name})`
    document.body.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    if (!context) return color
    context.fillStyle = color
    context.fillRect(0, 0, 1, 1)
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data
    return `rgb(${red}, ${green}, ${blue})`
  }
}

/** Tells when the reader's machine changes between light and dark, or takes its own colours. */
export function onThemeChange(tell: () => void, signal: AbortSignal): void {
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)'])
    matchMedia(query).addEventListener('change', tell, { signal })
}
