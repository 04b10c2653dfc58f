import type { ChildProcess } from 'node:child_process'

/** What a program says last, when it has ended well; else its last words on stderr are an error's. */
export async function lastLine(child: ChildProcess): Promise<string> {
  let [said, wrong] = ['', '']
  child.stdout?.on('data', (chunk) => (said += String(chunk)))
  child.stderr?.on('data', (chunk) => (wrong += String(chunk)))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code === 0) return said.trimEnd().split('\n').at(-1) ?? ''
  throw new Error(`${child.spawnargs.slice(0, 3).join(' ')} ended with ${code}:\n${wrong.slice(-3_000)}`)
}
