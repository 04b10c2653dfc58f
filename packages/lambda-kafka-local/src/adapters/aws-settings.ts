/** What a client of the AWS SDK is made with. */
export interface AwsSettings {
  readonly region: string
  /** An emulator's; without one, AWS itself answers. */
  readonly endpoint?: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** Emulators take any credentials; these cannot be mistaken for real ones. */
const LOCAL_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const

/** Settings of a local endpoint, or where there is none, of AWS with the caller's own credentials. */
export function awsSettings(endpoint: string | undefined, region: string): AwsSettings {
  return endpoint ? { region, endpoint, credentials: LOCAL_CREDENTIALS } : { region }
}
