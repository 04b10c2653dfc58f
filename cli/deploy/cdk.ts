import { spawn } from 'node:child_process'

/** Runs the CDK CLI to its end; what it tells goes to stderr, so that our own answer can be piped. Gives its exit code. */
export function cdk(args: readonly string[], signal: AbortSignal): Promise<number> {
  const child = spawn('node_modules/.bin/cdk', args, { stdio: ['inherit', process.stderr, process.stderr], signal })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
