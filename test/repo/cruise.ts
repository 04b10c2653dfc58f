/** Runs dependency-cruiser over the source and refuses an empty answer: with a wrong TypeScript it cruises nothing and passes. */
import { spawnSync } from 'node:child_process'

const ROOMS = ['infra', 'lake', 'lambdas', 'localstack', 'cli', 'command', 'dashboard', 'packages', 'test']

const { stdout, stderr, status } = spawnSync(
  process.execPath,
  ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--output-type', 'err', ...ROOMS],
  { encoding: 'utf8' },
)
process.stdout.write(stdout)
process.stderr.write(stderr)
const modules = Number(/\((\d+) modules/.exec(stdout)?.[1] ?? 0)
if (status === 0 && modules === 0)
  process.stderr.write('dependency-cruiser saw no module: is typescript still 6.0.x?\n')
process.exitCode = status === 0 && modules > 0 ? 0 : 1
