/** The artefacts under `models/`: one a fit, never written over. */

import { createHash } from 'node:crypto'
import { LAYOUT } from '../../lake/layout.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { type Artefact, encodeArtefact, MODEL_CODE, parseArtefact } from '../forecast/artefact.ts'
import type { Panel } from '../forecast/panel.ts'

const PREFIX = `${LAYOUT.models}/`

/** `pts-3-2013-03-01-3f2a…`: code, last day of training, fingerprint of the bars; the same bars give the same name. */
export function versionOf(trainedTo: string, fingerprint: string): string {
  return `${MODEL_CODE}-${trainedTo}-${fingerprint}`
}

export async function writeArtefact(artefact: Artefact, store: ObjectStore): Promise<void> {
  const body = new TextEncoder().encode(encodeArtefact(artefact))
  await store.put(`${PREFIX}${artefact.version}.json`, body, { contentType: 'application/json' })
}

/** The newest artefact of this code that was trained up to a day (`2013-03-01`) or before it. */
export async function newestArtefact(asOf: string, store: ObjectStore): Promise<Artefact | undefined> {
  const keys: string[] = []
  for await (const { key } of store.list(`${PREFIX}${MODEL_CODE}-`)) if (trainedToOf(key) <= asOf) keys.push(key)
  const newest = keys.map(trainedToOf).sort().at(-1)
  const candidates: Artefact[] = []
  for (const key of keys.filter((one) => trainedToOf(one) === newest)) {
    const found = await store.get(key)
    const artefact = found && parseArtefact(new TextDecoder().decode(found.body))
    if (artefact) candidates.push(artefact)
  }
  // Two fits of one day differ in their bars: the one that knew more.
  return candidates.sort((a, b) => a.bars - b.bars || (a.version < b.version ? -1 : 1)).at(-1)
}

function trainedToOf(key: string): string {
  return key.slice(PREFIX.length + MODEL_CODE.length + 1).slice(0, 10)
}

/** SHA-256 over every number and name of a panel, first 16 hex digits. */
export function fingerprintOf(panel: Panel): string {
  const hash = createHash('sha256').update(panel.symbols.join('\n'))
  const { starts, day, logPrice, open, high, low, close, volume } = panel
  for (const { buffer, byteOffset, byteLength } of [starts, day, logPrice, open, high, low, close, volume]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return hash.digest('hex').slice(0, 16)
}
