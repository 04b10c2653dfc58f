/** A program named docker that stands in for the client: answers by patterns, and writes down what it was asked. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import type { TestContext } from 'node:test'

export interface DockerAnswer {
  /** A pattern of the shell's `case` that the arguments match, joined by spaces. */
  readonly to: string
  readonly says?: string
  readonly exitCode?: number
}

export interface DockerStandIn {
  /** What a process that finds it is started with. */
  readonly env: { readonly PATH: string }
  /** The arguments of every call, without the words that each has. */
  asked(): readonly string[]
}

const COMMON = / --file \S+ --project-name \S+ --ansi never --progress plain/

export function dockerStandIn(t: TestContext, answers: readonly DockerAnswer[]): DockerStandIn {
  const folder = mkdtempSync(join(tmpdir(), 'docker-stand-in-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const log = join(folder, 'asked')
  const cases = answers.map(({ to, says = '', exitCode = 0 }) => {
    const stream = exitCode === 0 ? '' : ' >&2'
    return `  ${to}) printf '%s\\n' '${says}'${stream}; exit ${exitCode} ;;`
  })
  const script = ['#!/bin/sh', `printf '%s\\n' "$*" >> '${log}'`, 'case "$*" in', ...cases, '  *) exit 0 ;;', 'esac']
  const program = join(folder, 'docker')
  writeFileSync(program, `${script.join('\n')}\n`)
  chmodSync(program, 0o755)
  return {
    env: { PATH: [dirname(program), '/usr/bin', '/bin'].join(delimiter) },
    asked: () =>
      (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []).map((line) => line.replace(COMMON, '')),
  }
}
