/** The region that local stacks live in; any would do, the emulator keeps one apart from the other. */
export const LOCAL_REGION = 'us-east-1'

/** Emulators take any credentials; these cannot be mistaken for real ones. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const

/** What a process is given that shall talk to a local endpoint. */
export function localEnvironment(endpoint: string) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  }
}

/** What an AWS SDK client is made with to talk to a local endpoint. */
export function localClientConfig(endpoint: string) {
  return { endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS }
}
