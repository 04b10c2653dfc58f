/** The event of a mapping: refused in a sentence, or read, and never anything else. */
import assert from 'node:assert/strict'
import { UsageError } from '../../lake/errors.ts'
import { givenUpOf } from '../../lake/ledger/given-up.ts'
import { emptyLedger, nextStep } from '../../lake/ledger/ledger.ts'
import { partitionBatches } from '../../lake/records/kafka-event.ts'
import type { Dice } from '../chaos/dice.ts'
import { NOW } from '../support/bars.ts'
import { type FuzzTarget, mutated } from './target.ts'

const NUMBERS = ['0', '15', '-1', '1.5', '1e3', '1e999', '9223372036854775807', '-9223372036854775808', '"7"', 'null']
const TEXTS = ['""', '"e30="', '"not base64!"', 'null', '7', '[]', '"e30"']

function anEvent(dice: Dice): Uint8Array {
  const record = () =>
    `{"topic":"t","partition":${dice.pick(['0', '0', '0', '1', '-1'])},"offset":${dice.pick(NUMBERS)},"timestamp":${dice.pick(NUMBERS)},` +
    `"key":${dice.pick(TEXTS)},"value":${dice.pick(TEXTS)},"headers":[]}`
  const records = Array.from({ length: dice.integer(0, 4) }, record).join()
  const group = dice.pick(['t-0', 't-0', 't-0', 't', '__proto__-0', '-0', 't-99999999999'])
  const source = dice.pick(['aws:kafka', 'SelfManagedKafka', 'aws:s3'])
  return Buffer.from(`{"eventSource":"${source}","bootstrapServers":"b:9092","records":{"${group}":[${records}]}}`)
}

export const kafkaEventTarget: FuzzTarget = {
  name: 'kafka-event',
  inAMoment: 4_000,
  make: (dice) => mutated(anEvent(dice), dice),
  run(input) {
    const text = Buffer.from(input).toString()
    readEvent(text)
    const given = givenUpOf('aws/lambda/x', Buffer.from(JSON.stringify({ timestamp: '2026-01-15', payload: text })))
    assert.ok(given instanceof Error || given.batches.length >= 0)
  },
}

function readEvent(text: string): void {
  let event: unknown
  try {
    event = JSON.parse(text)
  } catch {
    return // Lambda gives a function JSON; what is none never gets here
  }
  try {
    for (const batch of partitionBatches(event)) {
      const step = nextStep(emptyLedger(batch), batch.records, NOW)
      if (step.kind === 'claim') assert.ok(Number.isSafeInteger(step.claim.maxTimestamp))
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    assert.ok(error.message.length < 600, 'the sentence is short')
  }
}
