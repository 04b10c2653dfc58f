import type { LambdaContext } from './core/lambda-context.ts'
import type { KafkaEvent } from './kafka-event.ts'

interface Handles {
  handle(event: KafkaEvent, context: LambdaContext, callback: (error: unknown, result?: unknown) => void): unknown
}

/** A handler as it is exported to Lambda. Its parameters may have the types of @types/aws-lambda (a method's type allows it). */
export type Handler = Handles['handle']
