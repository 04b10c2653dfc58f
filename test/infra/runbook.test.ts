import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { templatesOf } from '../support/synth.ts'

const headings = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
  title.toLowerCase().replaceAll(' ', '-'),
)

/** Every alarm there can be: brokers of different kinds have different ones. */
const alarms = ['dev', 'prod'].flatMap((stage) =>
  Object.values(
    templatesOf({ stage, alarmEmail: 'watch@example.com', symbols: 'AAPL' })('watch').findResources(
      'AWS::CloudWatch::Alarm',
    ),
  ),
)

test('every alarm ends with its entry in the runbook, and every entry has its alarm', () => {
  const entries = alarms.map(({ Properties }) => String(Properties.AlarmDescription).split(' ').at(-1) ?? '')

  for (const entry of entries) assert.ok(existsSync(entry.split('#')[0] ?? ''), entry)
  assert.deepEqual([...new Set(entries.map((entry) => entry.split('#')[1]))].sort(), [...headings].sort())
})

test('every entry says what the alarm means, how to look and how to mend', () => {
  for (const entry of readFileSync('docs/runbook.md', 'utf8').split(/^## /m).slice(1)) {
    for (const part of ['**Means**', '**Look**', '**Mend**']) assert.ok(entry.includes(part), entry.slice(0, 20))
  }
})

test('every alarm tells when it rings and when it is over, to whoever gave an address', () => {
  for (const { Properties } of alarms) {
    assert.equal(Properties.AlarmActions?.length, 1, Properties.AlarmDescription)
    assert.equal(Properties.OKActions?.length, 1, Properties.AlarmDescription)
  }
})
