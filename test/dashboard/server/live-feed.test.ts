import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { StreamNow } from '../../../dashboard/api.ts'
import { LiveFeed } from '../../../dashboard/server/live-feed.ts'
import { Turns } from '../../../dashboard/server/turns.ts'
import { until } from '../../support/until.ts'

/** A feed whose lake lands one record more at each look; its ticks take no time. */
function feedOf(t: TestContext, turns = new Turns(), sleepMs?: number) {
  let looks = 0
  const gone = new AbortController()
  t.after(() => gone.abort())
  const feed = new LiveFeed({
    look: async () => ({ stream: { landed: ++looks } as StreamNow, changed: [`S${looks % 3} 1d`] }),
    lookMs: 1,
    turns,
    sleep: (ms) => delay(sleepMs ?? (ms > 1_000 ? ms : 1), undefined, { ref: false }),
    now: Date.now,
    onDefect: (error) => assert.fail(String(error)),
  })
  return { feed, gone, looks: () => looks }
}

async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>) {
  const { value } = await reader.read()
  const text = new TextDecoder().decode(value)
  const [, data = ''] = /^event: news\ndata: (.+)\n\n$/.exec(text) ?? []
  return JSON.parse(data) as { readonly stream: StreamNow; readonly changed: readonly string[] }
}

describe('the live feed', () => {
  test('tells who listens what is new', async (t) => {
    const { feed, gone } = feedOf(t)
    const reader = (feed.events(gone.signal).body as ReadableStream<Uint8Array>).getReader()

    const [first, second] = [await nextOf(reader), await nextOf(reader)]

    assert.ok(second.stream.landed > first.stream.landed)
  })

  test('folds what a slow listener missed into one message: the newest look, every series that changed', async (t) => {
    const { feed, gone, looks } = feedOf(t)
    const reader = (feed.events(gone.signal).body as ReadableStream<Uint8Array>).getReader()
    await nextOf(reader)
    const missed = looks() + 10
    await until('ten looks more', () => looks() >= missed, { everyMs: 1 })

    const { stream, changed } = await nextOf(reader)

    assert.ok(stream.landed >= missed)
    assert.equal(changed.length, 3)
  })

  test('looks at the lake when an answer that somebody waits for is made', async (t) => {
    const turns = new Turns()
    const { feed, gone, looks } = feedOf(t, turns)
    const asked = Promise.withResolvers<void>()
    const answered = turns.of(() => asked.promise)
    feed.events(gone.signal)
    await delay(100)
    assert.equal(looks(), 0)

    asked.resolve()
    await answered
    await until('three looks', () => looks() >= 3, { everyMs: 1 })
  })

  test('looks all the same when an answer takes very long', async (t) => {
    const turns = new Turns()
    const { feed, gone, looks } = feedOf(t, turns, 1)
    turns.of(() => new Promise(() => undefined))
    feed.events(gone.signal)
    await until('three looks', () => looks() >= 3, { everyMs: 1 })
  })

  test('looks at the lake only while somebody listens', async (t) => {
    const { feed, gone, looks } = feedOf(t)
    const first = new AbortController()
    feed.events(first.signal)
    feed.events(gone.signal)
    assert.equal(feed.listeners, 2)

    first.abort()
    gone.abort()
    await delay(20)
    const after = looks()
    await delay(20)

    assert.equal(feed.listeners, 0)
    assert.equal(looks(), after)
  })
})
