/** Sentences in the place of what cannot be shown: empty, failed, on its way. */
import type { Shell } from '../api.ts'
import { Refused } from './ask.ts'
import { npmRun } from './command-text.ts'
import { copyButton } from './copy-button.ts'
import { h } from './dom.ts'

/** What is missing, and the command that brings it, to copy. */
export function emptyNote(sentence: string, command?: string): HTMLElement {
  return h('div', { class: 'note' }, h('p', {}, sentence), command !== undefined && commandLine(command))
}

export function nothingLanded(shell: Shell): HTMLElement {
  const command = npmRun(shell, 'produce', '--symbols', 'AAPL', '--speed', 'max')
  return emptyNote('No bar has landed yet. This sends some:', command)
}

export function errorNote(error: unknown): HTMLElement {
  if (!(error instanceof Refused)) reportError(error)
  const sentence =
    error instanceof Refused ? error.message : 'This part of the page has failed; loading it again may help.'
  return h('div', { class: 'note failed', role: 'alert' }, h('p', {}, sentence))
}

export function waitingNote(sentence = 'Reading the lake …'): HTMLElement {
  return h('div', { class: 'note waiting', role: 'status' }, h('p', {}, sentence))
}

/** A command with a button that copies it. */
export function commandLine(command: string): HTMLElement {
  return h(
    'div',
    { class: 'command' },
    h('code', {}, command),
    copyButton('Copy', () => command, `Copy ${command}`),
  )
}
