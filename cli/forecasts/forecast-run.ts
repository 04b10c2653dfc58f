/** A run of the deployed forecaster by hand, as of a day: it fills a gap and overwrites nothing that was made in time. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { TickerlakeError } from '../../lake/errors.ts'
import type { Target } from '../lake/target.ts'
import { functionOf } from '../logs/function-logs.ts'

/** Invokes the forecaster and gives its report as it answered it. Throws with the function's own words where it failed. */
export async function runForecaster(target: Target, asOf: string | undefined): Promise<string> {
  const FunctionName = await functionOf('forecast', target.stage, new CloudFormationClient(target.clients))
  const { FunctionError, Payload } = await new LambdaClient(target.clients).send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(asOf === undefined ? {} : { asOf }) }),
  )
  const answer = new TextDecoder().decode(Payload)
  if (FunctionError === undefined) return answer
  throw new TickerlakeError(
    'forecaster-failed',
    `The forecaster failed: ${answer}. "npm run logs -- forecast" has its words.`,
  )
}
