/** Other people's rules over every stage's templates: `npm run check:cloud`. Needs Python 3 and, the first time, PyPI. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { type CheckovReport, unexcused, unused } from './checkov-report.ts'

const REQUIREMENTS = 'test/cloud/requirements.txt'
const TEMPLATES = '.local/synth'
/** checkov's and cfn-lint's answers to "I found something", which is no failure to run. */
const FOUND = { checkov: 1, cfnLint: 0 }

function run(command: string, args: readonly string[], mayEndWith: readonly number[] = [0]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (error) throw error
  if (status !== null && mayEndWith.includes(status)) return stdout
  throw new Error(`${command} ended with ${status}:\n${stdout}${stderr}`)
}

/** One virtual environment for each list of versions. */
function tools(): string {
  const version = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12)
  const folder = `.local/cloud-checks/${version}`
  if (existsSync(`${folder}/bin/checkov`)) return `${folder}/bin`
  process.stderr.write('Installing cfn-lint and checkov into .local …\n')
  run('python3', ['-m', 'venv', folder])
  try {
    run(`${folder}/bin/pip`, ['install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS])
  } catch (error) {
    rmSync(folder, { recursive: true })
    throw error
  }
  return `${folder}/bin`
}

const bin = tools()
process.stderr.write(run(process.execPath, ['infra/synth.ts']))
run(`${bin}/cfn-lint`, globSync(`${TEMPLATES}/*/*.template.json`), [FOUND.cfnLint])
process.stdout.write('cfn-lint: nothing found\n')

const checkov = [
  '-d',
  TEMPLATES,
  '--framework',
  'cloudformation',
  '--compact',
  '--quiet',
  '--skip-download',
  '-o',
  'json',
]
const report = JSON.parse(run(`${bin}/checkov`, checkov, [0, FOUND.checkov])) as CheckovReport
const [open, stale] = [unexcused(report), unused(report)]
for (const finding of open) process.stdout.write(`checkov: ${finding}\n`)
for (const excuse of stale) process.stdout.write(`checkov: the excuse ${excuse} excuses nothing any more\n`)
const { passed, failed } = report.summary
process.stdout.write(`checkov: ${passed} passed, ${failed - open.length} excused, ${open.length} not excused\n`)
process.exitCode = open.length + stale.length > 0 ? 1 : 0
