import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metricsOf } from '../../../packages/lambda-kafka-local/src/status.ts'
import { Tally } from '../../../packages/lambda-kafka-local/src/tally.ts'

/** AWS Lambda Developer Guide, "Event source mapping metrics": the column of Amazon MSK and self-managed Apache Kafka. */
const OF_KAFKA = [
  'PolledEventCount',
  'FilteredOutEventCount',
  'InvokedEventCount',
  'FailedInvokeEventCount',
  'DroppedEventCount',
  'OnFailureDestinationDeliveredEventCount',
  'CommittedEventCount',
  'PollingErrorCount',
  'InvokeErrorCount',
  'OnFailureDestinationDeliveryErrorCount',
  'SchemaRegistryErrorCount',
  'CommitErrorCount',
  'MaxOffsetLag',
  'SumOffsetLag',
]
/** A commit that fails ends its poller, and counts as a polling error; schema registries are refused. */
const NOT_COUNTED = ['SchemaRegistryErrorCount', 'CommitErrorCount']

test('metrics have the names that AWS gives them', () => {
  const names = Object.keys(metricsOf(new Tally().counts, []))

  assert.deepEqual(
    names,
    OF_KAFKA.filter((name) => !NOT_COUNTED.includes(name)),
  )
})

test('lags are told of all partitions together, and of none while one has not told its end', () => {
  const { counts } = new Tally()

  const { MaxOffsetLag, SumOffsetLag } = metricsOf(counts, [3, 0, 7])
  assert.deepEqual([MaxOffsetLag, SumOffsetLag], [7, 10])
  assert.equal(metricsOf(counts, [3, null]).SumOffsetLag, null)
  assert.equal(metricsOf(counts, []).MaxOffsetLag, null)
})
