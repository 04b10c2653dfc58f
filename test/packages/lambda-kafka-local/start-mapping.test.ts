import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startMapping, UsageError } from 'lambda-kafka-local'

const MAPPING = { Topics: ['orders'], StartingPosition: 'TRIM_HORIZON' }
const BROKERS = ['127.0.0.1:1']
const handler = () => undefined
/** What a compiler does not see: the mapping of a JSON file. */
const misspelt: object = { ...MAPPING, BatchSise: 5 }

for (const [what, options] of [
  ['no function', { mapping: MAPPING, brokers: BROKERS }],
  ['two functions', { mapping: MAPPING, brokers: BROKERS, handler, lambdaEndpoint: 'http://127.0.0.1:3001' }],
  ['no brokers', { mapping: MAPPING, handler }],
  ['a mapping that is off', { mapping: { ...MAPPING, Enabled: false }, brokers: BROKERS, handler }],
  ['a misspelt setting', { mapping: misspelt, brokers: BROKERS, handler }],
  ['a handler file that is not there', { mapping: MAPPING, brokers: BROKERS, handler: './none.mjs' }],
] as const) {
  test(`a start with ${what} is refused before anything is begun`, async () => {
    await assert.rejects(startMapping(options), UsageError)
  })
}
