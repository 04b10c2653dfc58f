/** What `npm audit --json` has to say about known vulnerabilities, read from its answer alone. */
export type AuditOutcome =
  | { readonly kind: 'clean'; readonly dependencies: number; readonly lesser: number }
  | { readonly kind: 'vulnerable'; readonly findings: readonly string[] }
  | { readonly kind: 'unanswered'; readonly why: string }

/** What we read of npm's report, version 2. */
interface AuditReport {
  readonly vulnerabilities: Readonly<Record<string, Vulnerability>>
  readonly metadata: {
    readonly vulnerabilities: { readonly total: number }
    readonly dependencies: { readonly total: number }
  }
}

interface Vulnerability {
  readonly name: string
  /** An advisory of this package, or the name of a vulnerable one that it needs. */
  readonly via: readonly (Advisory | string)[]
}

interface Advisory {
  readonly title: string
  readonly url: string
  readonly severity: string
  /** The versions that have it. */
  readonly range: string
}

/** What npm prints where it has no report. */
interface Refusal {
  readonly message?: string
  readonly error?: { readonly summary?: string }
}

/** Lesser ones are counted and let pass, as `--audit-level=high` does. */
const WORTH_STOPPING = ['high', 'critical']

/** `exitCode` is npm's own verdict: 1 both for a finding and for no answer, so it only confirms what the JSON says. */
export function auditOutcome(stdout: string, exitCode: number | null): AuditOutcome {
  const answer = parsed(stdout)
  if (!isReport(answer)) return { kind: 'unanswered', why: whyOf(answer, exitCode) }
  const findings = Object.values(answer.vulnerabilities).flatMap(findingsOf)
  if (findings.length > 0) return { kind: 'vulnerable', findings }
  if (exitCode !== 0) return { kind: 'unanswered', why: `npm audit ended with ${exitCode} and named nothing` }
  const { dependencies, vulnerabilities } = answer.metadata
  return { kind: 'clean', dependencies: dependencies.total, lesser: vulnerabilities.total }
}

/** One line an advisory; packages that only need a vulnerable one are not repeated. */
function findingsOf({ name, via }: Vulnerability): readonly string[] {
  return via
    .filter((each): each is Advisory => typeof each !== 'string')
    .filter(({ severity }) => WORTH_STOPPING.includes(severity))
    .map(({ title, url, severity, range }) => `${name} ${range}: ${severity}: ${title} (${url})`)
}

function parsed(stdout: string): AuditReport | Refusal | undefined {
  try {
    return JSON.parse(stdout)
  } catch {
    return undefined
  }
}

function isReport(answer: AuditReport | Refusal | undefined): answer is AuditReport {
  return answer !== undefined && 'vulnerabilities' in answer && 'metadata' in answer
}

function whyOf(refusal: Refusal | undefined, exitCode: number | null): string {
  const said = refusal?.message ?? refusal?.error?.summary
  if (!said) return `npm audit ended with ${exitCode} and no report`
  return said.replace(/ - [A-Z]+ https?:\S+/, '').replace(/https?:\S+/, 'the registry')
}
