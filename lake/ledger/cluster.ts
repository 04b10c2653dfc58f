/** Which Kafka cluster the ledgers belong to. */
import { type Environment, required } from '../environment.ts'
import { UsageError } from '../errors.ts'

/** The last part of an MSK cluster's ARN, `arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>`: unlike its name, never used again. */
export function clusterOfArn(arn: string): string {
  const uuid = /^arn:[^:]+:kafka:[^:]*:[^:]*:cluster\/[^/]+\/(?<uuid>[^/]+)$/.exec(arn)?.groups?.['uuid']
  if (uuid) return uuid
  throw new UsageError(
    `Not the ARN of an MSK cluster: "${arn}"; want arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>.`,
  )
}

/** The cluster as the function's settings name it: by CLUSTER_ARN, or CLUSTER_NAME where it has no ARN. */
export function clusterOf(env: Environment): string {
  const arn = env['CLUSTER_ARN']
  return arn ? clusterOfArn(arn) : required(env, 'CLUSTER_NAME')
}
