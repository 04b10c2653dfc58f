/** Other people's rules over what would be deployed: the templates of every stage, and the packages in it. */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../../command/command.ts'
import { progressOn } from '../../command/progress.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import { EngineError } from '../../localstack/engine/engine-error.ts'
import { localPaths } from '../../localstack/engine/paths.ts'
import { installPackages } from '../../localstack/native/python-packages.ts'
import { findPython, type Python } from '../../localstack/native/tools.ts'
import { registryAt } from '../../localstack/process/process-registry.ts'
import { auditOutcome } from './audit.ts'
import { type CheckovReport, unexcused, unused } from './checkov-report.ts'

const HELP = `
Holds what would be deployed to other people's rules:

  npm audit   no known high or critical vulnerability in a package that ships, or makes or tests what ships
  cdk-nag     AwsSolutions, while the templates of all stages are made
  cdk-preflight   what AWS has refused of others' templates, likewise; infra/refused-templates.ts excuses rule by rule
  cfn-lint    no error, no warning
  checkov     nothing that test/cloud/excuses.ts does not excuse, and no excuse for nothing

  npm run check:cloud
  npm run check:cloud -- --audit-must-answer

Options
  --audit-must-answer   fail where the registry does not answer audit requests (some mirrors do not);
                        without it that is said and the other checks decide

Needs Python 3.10 or newer; the first run installs cfn-lint and checkov, versions and hashes locked, into .local.
No account and no credentials are needed. Ends with 0, or 1 where something was found.
`

const TEMPLATES = '.local/synth'
/** Wrong on purpose: a linter that finds nothing in it does not look. */
const PLANTED = 'test/cloud/planted.template.json'
/** It has no module to run with -m; this is what its own script does. */
const CFN_LINT = 'import sys; from cfnlint.runner import main; sys.exit(main())'
/** cfn-lint's: a bit each for errors, warnings and informational findings; 1 is a failure of its own. */
const CFN_LINT_ENDS = [0, 2, 4, 6, 8, 10, 12, 14]

/** What a check found, and one line that says what was looked at. */
interface Verdict {
  readonly found: readonly string[]
  readonly said: string
}

await runCommand({
  help: HELP,
  options: { 'audit-must-answer': { type: 'boolean' } },
  async run({ values }, interrupted) {
    const audited = tell('npm audit', audit(values['audit-must-answer'] === true))
    const env = await linters(interrupted())
    process.stderr.write(run([process.execPath, 'infra/synth.ts', '--preflight'], [0]).stdout)
    const passed = [
      tell('cdk-nag', { found: [], said: 'nothing that is not excused beside its resource' }),
      tell('cdk-preflight', { found: [], said: 'nothing that is not excused, rule by rule' }),
      tell('cfn-lint', cfnLint(env)),
      tell('checkov', checkov(env)),
    ]
    return audited && passed.every(Boolean) ? 0 : 1
  },
})

function tell(name: string, { found, said }: Verdict): boolean {
  for (const finding of found) process.stdout.write(`${name}: ${finding}\n`)
  process.stdout.write(`${name}: ${said}\n`)
  return found.length === 0
}

/**
 * A registry that does not answer is nobody's vulnerability: by default it is said and fails nothing, so that the other
 * checks serve behind a mirror too. Where the answer is what the run is for, --audit-must-answer makes it a finding.
 */
function audit(mustAnswer: boolean): Verdict {
  const { stdout, status } = run(['npm', 'audit', '--audit-level=high', '--json'])
  const outcome = auditOutcome(stdout, status)
  switch (outcome.kind) {
    case 'clean':
      return { found: [], said: `${outcome.dependencies} packages, none high or critical, ${outcome.lesser} lesser` }
    case 'vulnerable':
      return { found: outcome.findings, said: `${outcome.findings.length} high or critical` }
    case 'unanswered': {
      const said = `not checked, the registry gave no answer (${outcome.why})`
      return { found: mustAnswer ? ['an answer was asked for by --audit-must-answer'] : [], said }
    }
  }
}

function cfnLint(env: Linters): Verdict {
  const templates = globSync(`${TEMPLATES}/*/*.template.json`)
  const found = linted(templates, env)
  const blind = linted([PLANTED], env).some((line) => line.includes('E3030')) ? [] : [`nothing is found in ${PLANTED}`]
  return { found: [...found, ...blind], said: `${templates.length} templates, ${found.length} findings` }
}

function linted(templates: readonly string[], { python, PYTHONPATH }: Linters): readonly string[] {
  const command = [python.command, '-c', CFN_LINT, '--format', 'parseable', ...templates]
  const { stdout } = run(command, CFN_LINT_ENDS, { PYTHONPATH })
  return stdout.split('\n').filter(Boolean)
}

function checkov(env: Linters): Verdict {
  const report = checked(['-d', TEMPLATES], env)
  const open = unexcused(report)
  const stale = unused(report).map((excuse) => `the excuse ${excuse} excuses nothing any more`)
  const { passed, failed } = report.summary
  const { failed: seen } = checked(['-f', PLANTED], env).summary
  const blind = seen > 0 ? [] : [`nothing is found in ${PLANTED}`]
  return {
    found: [...open, ...stale, ...blind],
    said: `${passed} passed, ${failed - open.length} excused, ${open.length} not excused`,
  }
}

function checked(what: readonly string[], { python, PYTHONPATH }: Linters): CheckovReport {
  const how = ['--framework', 'cloudformation', '--skip-download', '--compact', '--quiet', '-o', 'json']
  const { stdout } = run([python.command, '-m', 'checkov.main', ...what, ...how], [0, 1], { PYTHONPATH })
  return JSON.parse(stdout)
}

interface Linters {
  readonly python: Python
  readonly PYTHONPATH: string
}

async function linters(signal: AbortSignal): Promise<Linters> {
  const python = pythonFor()
  const { install, run: registry, log } = localPaths()
  const requirements = join(import.meta.dirname, 'requirements.txt')
  const deps = {
    registry: registryAt({ run: registry, log }),
    progress: progressOn(process.stderr),
    signal,
    env: process.env,
  }
  const PYTHONPATH = await installPackages(install, { name: 'cfn-lint-and-checkov', requirements, python }, deps)
  return { python, PYTHONPATH }
}

function pythonFor(): Python {
  try {
    return findPython(process.env)
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    const fix = 'Install it (Debian: apt install python3 python3-venv; macOS: brew install python).'
    throw new TickerlakeError('python', `cfn-lint and checkov need Python 3.10 or newer on the PATH. ${fix}`, { cause })
  }
}

/** Runs a tool to its end; an end that is not among the expected ones is a failure of the tool, with its own words. */
function run(
  [command = '', ...args]: readonly string[],
  mayEndWith?: readonly number[],
  env: Readonly<Record<string, string>> = {},
): { readonly stdout: string; readonly status: number | null } {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...env },
  })
  if (error) throw new TickerlakeError('tool', `${command} could not be run: ${error.message}`, { cause: error })
  if (mayEndWith === undefined || (status !== null && mayEndWith.includes(status))) return { stdout, status }
  throw new TickerlakeError(
    'tool',
    `${command} ${args.slice(0, 2).join(' ')} ended with ${status}:\n${stdout}${stderr}`,
  )
}
