import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../../../lake/errors.ts'
import { EVERYTHING, parseReplayRequest } from '../../../lake/replay/replay-request.ts'
import { replaySettings } from '../../../lake/replay/replay-settings.ts'

test("the scheduler's own event asks for the scheduled replay, and so does its short form", () => {
  const event = { version: '0', source: 'aws.scheduler', 'detail-type': 'Scheduled Event', detail: '{}' }

  assert.deepEqual(parseReplayRequest(event), { kind: 'scheduled' })
  assert.deepEqual(parseReplayRequest({ scheduled: true }), { kind: 'scheduled' })
})

test('an empty payload is a run of everything by hand', () => {
  assert.deepEqual(parseReplayRequest({}), {
    kind: 'by-hand',
    selection: EVERYTHING,
    runId: undefined,
    speed: undefined,
  })
})

test('a day as an end means all of the day, an instant itself', () => {
  const request = parseReplayRequest({
    symbols: ['AAPL', '^GSPC'],
    from: '2013-03-01',
    to: '2013-03-01',
    speed: 'max',
    runId: 'a',
    limit: 5,
  })

  assert.deepEqual(request, {
    kind: 'by-hand',
    selection: { symbols: ['AAPL', '^GSPC'], from: Date.UTC(2013, 2, 1), to: Date.UTC(2013, 2, 2) - 1, limit: 5 },
    runId: 'a',
    speed: 'max',
  })
  const instant = parseReplayRequest({ to: '2013-03-01T14:30:00Z' })
  assert.equal(instant.kind === 'by-hand' && instant.selection.to, Date.UTC(2013, 2, 1, 14, 30))
})

for (const [payload, said] of [
  [null, /has to be a JSON object; got null/],
  [[], /has to be a JSON object/],
  [{ simbols: ['AAPL'] }, /takes symbols, from, to, speed, runId, limit, or {"scheduled": true}; got "simbols"/],
  [{ scheduled: true, limit: 1 }, /got "scheduled"/],
  [{ symbols: 'AAPL' }, /"symbols" takes a list of Yahoo symbols .* got "AAPL"/],
  [{ symbols: [] }, /"symbols" takes/],
  [{ symbols: ['apple inc'] }, /"symbols" takes/],
  [{ from: '1/3/2013' }, /"from" takes a date or instant in ISO 8601/],
  [{ from: '2013-03-02', to: '2013-03-01' }, /"from" has to come before "to"; got 2013-03-02 and 2013-03-01/],
  [{ speed: 0 }, /"speed" takes a number above 0, or "max"; got 0/],
  [{ speed: 'fast' }, /"speed" takes/],
  [{ limit: 1.5 }, /"limit" takes a whole number above 0/],
  [{ runId: '../cursor' }, /"runId" takes up to 100 letters/],
] as const) {
  test(`the payload ${JSON.stringify(payload)} is refused, saying what is wanted`, () => {
    assert.throws(
      () => parseReplayRequest(payload),
      (error) => error instanceof UsageError && said.test(error.message),
    )
  })
}

test('settings have defaults, and a wrong one is refused', () => {
  assert.deepEqual(replaySettings({}), { everySeconds: 5, speed: 1, atEnd: 'rest' })
  assert.deepEqual(replaySettings({ EVERY_SECONDS: '1', SPEED: 'max', AT_END: 'loop' }), {
    everySeconds: 1,
    speed: 'max',
    atEnd: 'loop',
  })
  assert.throws(() => replaySettings({ SPEED: '-1' }), /SPEED takes a number above 0, or max; got "-1"/)
  assert.throws(() => replaySettings({ AT_END: 'stop' }), /AT_END takes rest or loop; got "stop"/)
})
