/** What CloudFormation says to a custom resource (AWS CDK, "Custom resource provider framework"), as far as ours read it. */
import { TickerlakeError } from '../../lake/errors.ts'

export interface CustomResourceRequest {
  /** The resource leaves the stack. */
  readonly leaves: boolean
  /** Given by our own answer; undefined while it is made. */
  readonly id: string | undefined
  /** CloudFormation hands every number over as text. */
  readonly properties: Readonly<Record<string, unknown>>
}

export function readCustomResourceRequest(event: unknown): CustomResourceRequest {
  const { RequestType: type, PhysicalResourceId: id, ResourceProperties: said } = recordOf(event, 'the event')
  return {
    leaves: type === 'Delete',
    id: typeof id === 'string' ? id : undefined,
    properties: recordOf(said, 'ResourceProperties'),
  }
}

export function textOf(properties: Readonly<Record<string, unknown>>, key: string): string {
  const value = properties[key]
  if (typeof value === 'string' && value !== '') return value
  throw malformedRequest(`${key} is ${JSON.stringify(value)}`)
}

export function malformedRequest(got: string): TickerlakeError {
  return new TickerlakeError('custom-resource-request', `Not a request of our custom resource: ${got}.`)
}

function recordOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return { ...value }
  throw malformedRequest(`${what} is ${JSON.stringify(value)}`)
}
