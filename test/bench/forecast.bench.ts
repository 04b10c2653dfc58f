/** How long a model takes to be trained and to forecast 432 symbols of five years, one thread, made-up bars. */
import { FEATURE_COUNT } from '../../lambdas/forecast/features.ts'
import { HORIZONS } from '../../lambdas/forecast/horizons.ts'
import { type Panel, panelOf } from '../../lambdas/forecast/panel.ts'
import { forecastLatest, train } from '../../lambdas/forecast/training.ts'
import { columnsOf, walk } from '../support/walk.ts'

const SYMBOLS = 432
const BARS = 1_259
/** Two years: what a daily run reads. */
const TAIL_BARS = 504
/** Read elsewhere on a machine of the same kind, one thread: statsforecast 2.1.1 AutoARIMA, 0.72 s a fit. */
const AUTO_ARIMA_SECONDS = 0.72

function panel(bars: number): Panel {
  const ofSymbols = Array.from({ length: SYMBOLS }, (_, s) => walk(`S${s}`, bars, s + 1))
  return panelOf(columnsOf(ofSymbols.flat()))
}

/** CPU seconds of one run, and what it gave: on a shared machine the clock counts other people's work. */
function timed<T>(run: () => T): { readonly result: T; readonly seconds: number } {
  const before = process.cpuUsage()
  const result = run()
  const { user, system } = process.cpuUsage(before)
  return { result, seconds: (user + system) / 1e6 }
}

const whole = panel(BARS)
const trained = timed(() => train(whole))
const first = timed(() => forecastLatest(whole, trained.result))
const tail = panel(TAIL_BARS)
const daily = timed(() => forecastLatest(tail, trained.result))
const megabytes = process.resourceUsage().maxRSS / 1024

process.stdout.write(`${SYMBOLS} symbols × ${BARS} bars × ${HORIZONS.length} horizons, ${FEATURE_COUNT} features

| what | CPU s |
|---|--:|
| train | ${trained.seconds.toFixed(1)} |
| forecast from all bars | ${first.seconds.toFixed(1)} |
| train and forecast | ${(trained.seconds + first.seconds).toFixed(1)} |
| daily run: forecast from the last ${TAIL_BARS} bars | ${daily.seconds.toFixed(1)} |
| AutoARIMA, one fit a symbol (statsforecast 2.1.1, ${AUTO_ARIMA_SECONDS} s each) | ${(AUTO_ARIMA_SECONDS * SYMBOLS).toFixed(0)} |

Most memory held: ${megabytes.toFixed(0)} MB, the made-up bars included.
`)
