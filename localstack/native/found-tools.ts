/** Which Python and Java were found before: to ask every candidate takes a version manager's scripts half a second. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../../lake/environment.ts'
import { readNote, writeWhole } from '../engine/whole-file.ts'
import { findJava, findPython, type Java, type Python } from './tools.ts'

export interface Tools {
  readonly python: Python
  readonly java: Java | undefined
}

interface FoundBefore {
  /** What the search goes by, and the programs' files: where one of them is another, all is looked for again. */
  readonly foundBy: string
  readonly files: Readonly<Record<string, string>>
  readonly tools: Tools
}

/** The tools on the path, asked for their versions only where something has changed since the last time. */
export function toolsOf(folder: string, env: Environment): Tools {
  const file = join(folder, 'tools.json')
  const foundBy = JSON.stringify(SEARCHED.map((name) => env[name] ?? ''))
  const before = readNote<FoundBefore>(file)
  const isSame = before?.foundBy === foundBy && Object.entries(before.files).every(([path, is]) => stampOf(path) === is)
  if (before && isSame) return before.tools
  const tools = { python: findPython(env), java: findJava(env) }
  // A Java that is installed later is to be found.
  if (tools.java) {
    const paths = [tools.python.command, tools.java.command]
    const files = Object.fromEntries(paths.map((path) => [path, stampOf(path)]))
    writeWhole(file, JSON.stringify({ foundBy, files, tools } satisfies FoundBefore))
  }
  return tools
}

const SEARCHED = ['PATH', 'JAVA_HOME', 'PYENV_VERSION']

/** Changes when the program is replaced, through links as well. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : ''
}
