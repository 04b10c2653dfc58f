/** What an error of an AWS service says of another try. */
interface ServiceError {
  readonly $metadata?: { readonly httpStatusCode?: number }
}

/** The HTTP status that an error of the SDK carries; undefined where nobody answered. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { $metadata }: ServiceError = error
  return $metadata?.httpStatusCode
}

/** A fault of who called, which waiting does not mend: 4xx, but neither a time-out nor throttling. */
export function isStatusOfCaller(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429
}
