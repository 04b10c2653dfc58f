import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Progress } from '../../command/progress.ts'
import type { Environment } from '../../lake/environment.ts'
import { EngineError } from '../engine/engine-error.ts'
import type { ProcessRegistry } from '../process/process-registry.ts'
import { installOnce } from './install-once.ts'
import type { Python } from './tools.ts'

export interface PythonInstallDeps {
  readonly registry: ProcessRegistry
  readonly progress: Progress
  readonly signal: AbortSignal
  readonly env: Environment
}

/**
 * Installs the packages of a requirements file with hashes into a folder for PYTHONPATH. `pip --target` needs
 * neither a virtual environment nor any right over the machine's own Python.
 */
export async function installPackages(
  parent: string,
  { name, requirements, python }: { readonly name: string; readonly requirements: string; readonly python: Python },
  deps: PythonInstallDeps,
): Promise<string> {
  const madeOf = [readFileSync(requirements, 'utf8'), python.tag]
  return installOnce(parent, { name, madeOf }, async (folder) => {
    deps.progress.doing(`Installing ${name} …`)
    const pip = await findPip(python, folder, deps)
    const target = ['--target', folder, '--require-hashes', '--only-binary', ':all:', '-r', requirements]
    const quiet = ['--no-input', '--disable-pip-version-check', '--no-warn-conflicts', '--root-user-action', 'ignore']
    await runPython(pip, ['-m', 'pip', 'install', ...quiet, ...target], deps)
    deps.progress.say(`Installed ${name}.`)
  })
}

/** The Python itself where it has pip, else one of a throw-away virtual environment. */
async function findPip(python: Python, folder: string, deps: PythonInstallDeps): Promise<string> {
  try {
    await runPython(python.command, ['-m', 'pip', '--version'], deps)
    return python.command
  } catch {
    deps.signal.throwIfAborted()
  }
  const venv = join(folder, '.venv')
  try {
    await runPython(python.command, ['-m', 'venv', venv], deps)
    return join(venv, 'bin', 'python')
  } catch (cause) {
    deps.signal.throwIfAborted()
    throw new EngineError(
      `${python.command} has neither pip nor venv, so its packages cannot be installed. ` +
        'Install one of them (Debian: apt install python3-venv) and run again.',
      { cause },
    )
  }
}

async function runPython(command: string, args: readonly string[], deps: PythonInstallDeps): Promise<void> {
  await deps.registry.run({ name: 'pip', command, args, env: withoutUndefined(deps.env) }, deps.signal)
}

/** pip reads the user's own settings (mirror, proxy, certificates) from the environment, so it gets all of it. */
function withoutUndefined(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
