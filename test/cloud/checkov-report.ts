import { EXCUSES } from './excuses.ts'

/** What we read of checkov's JSON. */
export interface CheckovReport {
  readonly summary: { readonly passed: number; readonly failed: number }
  readonly results: { readonly failed_checks: readonly CheckovFinding[] }
}

interface CheckovFinding {
  readonly check_id: string
  readonly check_name: string
  readonly file_path: string
  /** `AWS::Lambda::Function.ConsumerFunction1B019A9B`. */
  readonly resource: string
}

/** Findings that no excuse covers, as lines for people. */
export function unexcused({ results }: CheckovReport): readonly string[] {
  const excused = new Set(EXCUSES.flatMap(({ check, resources }) => resources.map((id) => `${check} ${id}`)))
  return results.failed_checks
    .filter((finding) => !excused.has(keyOf(finding)))
    .map(({ check_id, check_name, file_path, resource }) => `${file_path} ${resource}: ${check_id} ${check_name}`)
}

/** Excuses for what checkov no longer finds: they would hide it when it comes back. */
export function unused({ results }: CheckovReport): readonly string[] {
  const found = new Set(results.failed_checks.map(keyOf))
  return EXCUSES.flatMap(({ check, resources }) => resources.map((id) => `${check} ${id}`)).filter(
    (excuse) => !found.has(excuse),
  )
}

/** A logical id ends with eight digits of CDK's hash. */
function keyOf({ check_id, resource }: CheckovFinding): string {
  const id = resource.split('.')[1] ?? ''
  return `${check_id} ${id.replace(/[0-9A-F]{8}$/, '')}`
}
