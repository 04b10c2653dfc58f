import { spawn } from 'node:child_process'

/** Runs the CDK CLI to its end, on this terminal; gives its exit code. */
export function cdk(args: readonly string[], signal: AbortSignal): Promise<number> {
  const child = spawn('node_modules/.bin/cdk', args, { stdio: 'inherit', signal })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
