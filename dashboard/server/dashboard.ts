/** The dashboard whole: its routes over a lake, its page, its door. */
import { systemClock } from '../../lake/clock.ts'
import type { Shell } from '../api.ts'
import { pageAssets } from './assets.ts'
import { fanAnswer } from './fan.ts'
import { forecastsAnswer } from './forecasts.ts'
import { dashboardHandler, type Route } from './handler.ts'
import type { DashboardLake } from './lake.ts'
import { LiveFeed } from './live-feed.ts'
import { barsAnswer, findingsAnswer, symbolsAnswer } from './market.ts'
import { qualityAnswer } from './quality.ts'
import { queriesAnswer, queryAnswer, sqlAnswer } from './query.ts'
import { Reader } from './reader.ts'
import { type Listening, listen } from './serve.ts'
import { StreamWatch } from './stream-watch.ts'
import { Turns } from './turns.ts'
import { varietyAnswer } from './variety.ts'

export interface DashboardProps {
  readonly lake: DashboardLake
  readonly port: number
  /** How many ports may be tried from there on. @default 1 */
  readonly tries?: number
  /** A text that nobody can guess. */
  readonly token: string
  readonly now: () => number
  readonly onDefect: (error: unknown) => void
}

export async function startDashboard(props: DashboardProps): Promise<Listening> {
  const { lake, token, now, onDefect, port, tries = 1 } = props
  const assets = await pageAssets({ token, shell: shellOf(lake) })
  const reader = new Reader(lake, now)
  const watch = new StreamWatch(reader, now)
  const turns = new Turns()
  const feed = new LiveFeed({
    look: () => watch.look(),
    lookMs: lake.lookMs,
    turns,
    sleep: systemClock.sleep,
    now,
    onDefect,
  })
  const routes = {
    ...inTurn(answersOf(reader), turns),
    // A query may take an hour, and its engine has threads of its own.
    'POST /api/query': (request: Request) => queryAnswer(request, reader),
    'POST /api/sql': sqlAnswer,
    'GET /api/live': async ({ signal }: Request) => feed.events(signal),
  }
  return listen({
    port,
    tries,
    handlerFor: (hosts) => dashboardHandler({ door: { hosts, token }, assets, routes, onDefect }),
  })
}

function inTurn(routes: Readonly<Record<string, Route>>, turns: Turns): Readonly<Record<string, Route>> {
  const counted = ([name, route]: readonly [string, Route]): [string, Route] => [
    name,
    (request, url) => turns.of(() => route(request, url)),
  ]
  return Object.fromEntries(Object.entries(routes).map(counted))
}

function answersOf(reader: Reader): Readonly<Record<string, Route>> {
  return {
    'GET /api/symbols': () => symbolsAnswer(reader),
    'GET /api/bars': (_, url) => barsAnswer(url, reader),
    'GET /api/findings': (_, url) => findingsAnswer(url, reader),
    'GET /api/forecast': (_, url) => fanAnswer(url, reader),
    'GET /api/variety': () => varietyAnswer(reader),
    'GET /api/quality': () => qualityAnswer(reader),
    'GET /api/forecasts': () => forecastsAnswer(reader),
    'GET /api/queries': async () => queriesAnswer(),
  }
}

function shellOf({ stage, where, topic, bucket, lookMs, cloud }: DashboardLake): Shell {
  return { stage, where, isOnAws: cloud !== undefined, topic, bucket, lookMs }
}
