/** The page Quality: whether every record is there once, and what was not a valid bar. */
import type { QualityAnswer, RejectedBytes, RejectedRecord, Shell } from '../api.ts'
import { ask } from './ask.ts'
import { npmRun } from './command-text.ts'
import { dataTable } from './data-table.ts'
import { h, replace } from './dom.ts'
import { count, DAY_MS } from './format.ts'
import { commandLine, errorNote, nothingLanded, waitingNote } from './notes.ts'
import type { Page } from './page.ts'

/** So many rejected records are shown with their bytes; the table has them all. */
const MOST_SHOWN = 50

export const quality: Page = {
  title: 'Quality',
  open(place, { shell, signal }) {
    replace(place, h('h1', {}, 'Quality'), waitingNote('Counting every landed file …'))
    ask<QualityAnswer>('/api/quality', signal)
      .then((answer) => replace(place, h('h1', {}, 'Quality'), partsOf(answer, shell)))
      .catch((error: unknown) => signal.aborted || replace(place, h('h1', {}, 'Quality'), errorNote(error)))
  },
}

function partsOf(answer: QualityAnswer, shell: Shell): readonly HTMLElement[] {
  const { partitions, runs, rejected, givenUpObjects, findings } = answer
  if (partitions.length === 0) return [nothingLanded(shell)]
  return [
    h('p', {}, verdict(answer, shell)),
    h('div', { class: 'columns' }, byPartition(partitions), byRun(runs)),
    h('div', { class: 'columns' }, findingsPart(findings), givenUpPart(givenUpObjects, shell)),
    rejectedPart(rejected, shell),
  ]
}

function byPartition(partitions: QualityAnswer['partitions']): HTMLElement {
  const heads = ['Partition', 'Landed', 'Rejected', 'Duplicates', 'Gaps', 'Lost', 'To come']
  const rows = partitions.map((one) => [
    String(one.partition),
    ...[one.landed, one.rejected, one.duplicates, one.gaps, one.lost].map(count),
    // The broker is out of reach.
    one.lag === null ? '?' : count(one.lag),
  ])
  const columns = heads.map((name, i) => ({ name, isNumber: i > 0 }))
  const says = 'Counted from the files, held against the ledgers and the broker.'
  return section('By partition', says, dataTable({ label: 'Completeness by partition', columns, rows }))
}

function byRun(runs: QualityAnswer['runs']): HTMLElement {
  const columns = ['Replay', 'Sent', 'Landed', 'Rejected', 'Complete'].map((name, i) => ({
    name,
    isNumber: i > 0 && i < 4,
  }))
  const rows = runs.map(({ run, sent, landed, rejected, isComplete }) => [
    run,
    sent === null ? '?' : count(sent),
    count(landed),
    count(rejected),
    isComplete ? 'yes' : 'no',
  ])
  const table = dataTable({ label: 'Completeness by replay', columns, rows })
  return section('By replay', 'What each replay says it sent, and what of it landed.', table)
}

function givenUpPart(objects: number, shell: Shell): HTMLElement {
  if (objects === 0) return section('Given up by the mapping', 'Nothing.')
  const says = `${count(objects)} objects hold batches that the mapping gave up. This lands them:`
  return section('Given up by the mapping', says, commandLine(npmRun(shell, 'redrive')))
}

function findingsPart(findings: QualityAnswer['findings']): HTMLElement {
  if (findings.length === 0) return section('Findings', 'None.')
  const rows = findings.map(({ finding, bars }) => [finding.replaceAll('_', ' '), count(bars)])
  const columns = [
    { name: 'Finding', isNumber: false },
    { name: 'Bars', isNumber: true },
  ]
  const says = 'Bars that are valid and look odd; the page Market marks them.'
  return section('Findings', says, dataTable({ label: 'Findings', columns, rows }))
}

function section(title: string, says: string, ...parts: readonly HTMLElement[]): HTMLElement {
  return h('section', {}, h('h2', {}, title), h('p', { class: 'dim' }, says), parts)
}

function verdict({ partitions }: QualityAnswer, shell: Shell): string {
  const sum = (of: (one: QualityAnswer['partitions'][number]) => number): number =>
    partitions.reduce((so, one) => so + of(one), 0)
  const [landed, lost, doubled] = [sum((one) => one.landed), sum((one) => one.lost), sum((one) => one.duplicates)]
  if (lost + doubled > 0)
    return `${count(landed)} records have landed; ${count(lost)} are lost and ${count(doubled)} stand twice. ${npmRun(shell, 'verify')} names them.`
  return `${count(landed)} records have landed, each once; none is lost.`
}

function rejectedPart(rejected: readonly RejectedRecord[], shell: Shell): HTMLElement {
  const head = [
    h('h2', {}, 'Rejected records'),
    h(
      'p',
      { class: 'dim' },
      'No valid bars, and kept byte for byte. After a fix they can be sent again; the page itself sends nothing.',
    ),
  ]
  if (rejected.length === 0) return h('section', {}, head, h('p', { class: 'dim' }, 'None.'))
  const codes = [...new Set(rejected.map(({ code }) => code))]
  return h(
    'section',
    {},
    head,
    codes.map((code) => commandLine(npmRun(shell, 'resend', '--rejected', '--reason', code, '--dry-run'))),
    rejected.slice(0, MOST_SHOWN).map((record) => recordOf(record, shell)),
    rejected.length > MOST_SHOWN &&
      h(
        'p',
        { class: 'dim' },
        `The newest ${MOST_SHOWN} of at least ${count(rejected.length)}; the table bars_quarantine has all.`,
      ),
  )
}

function recordOf(
  { partition, offset, received, code, detail, key, value }: RejectedRecord,
  shell: Shell,
): HTMLElement {
  const day = received.slice(0, 10)
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
  return h(
    'details',
    { class: 'record' },
    h(
      'summary',
      {},
      h('span', {}, code),
      h(
        'span',
        { class: 'dim' },
        ` ${detail} · partition ${partition}, offset ${count(offset)} · ${received.slice(0, 19)} UTC`,
      ),
    ),
    bytesOf('Key', key),
    bytesOf('Value', value),
    h('p', { class: 'dim' }, 'Send again what was rejected for this reason on that day:'),
    commandLine(npmRun(shell, 'resend', '--rejected', '--reason', code, '--from', day, '--to', next)),
  )
}

/** As text where it is text, and as hex; both are shown as they are, nothing is run. */
function bytesOf(name: string, shown: RejectedBytes | null): HTMLElement {
  if (shown === null) return h('p', { class: 'dim' }, `${name}: none`)
  const { hex, length } = shown
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const text = new TextDecoder().decode(bytes)
  const pairs = (hex.match(/.{1,32}/g) ?? []).map((line) => line.replaceAll(/..(?=.)/g, '$& '))
  const cut = bytes.length < length ? `, the first ${count(bytes.length)}` : ''
  const label = `${name}, ${count(length)} bytes${cut}`
  return h(
    'div',
    { class: 'columns' },
    h(
      'div',
      {},
      h('p', { class: 'dim' }, `${label}, as text`),
      h('pre', { tabindex: 0, role: 'region', 'aria-label': `${label}, as text` }, text),
    ),
    h(
      'div',
      {},
      h('p', { class: 'dim' }, 'as hex'),
      h('pre', { tabindex: 0, role: 'region', 'aria-label': `${label}, as hex` }, pairs.join('\n')),
    ),
  )
}
