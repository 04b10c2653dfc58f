import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StackEvent } from '@aws-sdk/client-cloudformation'
import { failureIn, failureText } from '../../../cli/deploy/explain-failure.ts'

const SINCE = new Date('2026-11-22T12:00:00Z')

function event(minute: number, id: string, ResourceStatus: string, ResourceStatusReason?: string): StackEvent {
  return {
    EventId: `${minute}`,
    StackId: 'arn',
    StackName: 'tickerlake-prod-pipeline',
    Timestamp: new Date(SINCE.getTime() + 60_000 * minute),
    LogicalResourceId: id,
    ResourceType: id.startsWith('tickerlake') ? 'AWS::CloudFormation::Stack' : 'AWS::Lambda::Function',
    ResourceStatus: ResourceStatus as NonNullable<StackEvent['ResourceStatus']>,
    ...(ResourceStatusReason === undefined ? {} : { ResourceStatusReason }),
  }
}

const TOO_MANY =
  "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100]."
/** Newest first, as CloudFormation tells them. */
const EVENTS = [
  event(4, 'tickerlake-prod-pipeline', 'CREATE_FAILED', 'The following resource(s) failed to create'),
  event(3, 'Producer', 'CREATE_FAILED', 'Resource creation cancelled'),
  event(2, 'Consumer', 'CREATE_FAILED', TOO_MANY),
  event(1, 'Consumer', 'CREATE_IN_PROGRESS'),
  event(-60, 'Role', 'CREATE_FAILED', 'of yesterday’s try'),
]

test('a failed deployment is explained by the resource that failed first, with what to do', () => {
  const failure = failureIn(EVENTS, SINCE)

  assert.equal(failure?.resource, 'Consumer')
  assert.match(
    failureText('tickerlake-prod-pipeline', failure),
    /Consumer \(AWS::Lambda::Function\).*below its minimum.*-c reservedConcurrency=0/s,
  )
})

test('a stack that has not failed explains nothing', () => {
  assert.equal(failureIn(EVENTS.slice(3), SINCE), undefined)
})

test('a reason that nothing is known about stands alone', () => {
  const failure = failureIn([event(1, 'X', 'UPDATE_FAILED', 'Internal failure')], SINCE)

  assert.deepEqual(failure, {
    resource: 'X',
    type: 'AWS::Lambda::Function',
    reason: 'Internal failure',
    advice: undefined,
  })
})
