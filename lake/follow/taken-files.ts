/** Which version of each history file the producer has taken in: one object, written when a file changes. */
import { TickerlakeError } from '../errors.ts'
import { fileVersion } from '../history/history-listing.ts'
import { LAYOUT } from '../layout.ts'
import { JsonObjects } from '../store/json-object.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'

/**
 * `replay`: the replay of the past sends it. `known`: it does, and what it sends is written down, to compare a later version
 * with. `followed`: its rows were sent as they changed.
 */
export type Taking = 'replay' | 'known' | 'followed'

export interface TakenFile {
  readonly version: string
  readonly taking: Taking
}

export interface TakenFiles {
  readonly files: ReadonlyMap<string, TakenFile>
  readonly nonce: string
}

/** Where it is kept what was sent of a file. */
export function sentFileKey(file: string): string {
  return `${LAYOUT.replaySent}/${file}.zst`
}

/** All files as the replay's, which begins or went on without this record. */
export function filesOfReplay(listed: readonly ObjectSummary[]): TakenFiles {
  return {
    files: new Map(listed.map((object) => [object.key, { version: fileVersion(object), taking: 'replay' }])),
    nonce: '',
  }
}

/** The versions that the replay of the past reads: no others, for what changed is followed. */
export function replayedVersions({ files }: TakenFiles): ReadonlyMap<string, string> {
  const replayed = [...files].filter(([, { taking }]) => taking !== 'followed')
  return new Map(replayed.map(([file, { version }]) => [file, version]))
}

export function takenFilesObject(store: ObjectStore, nonce: () => string): JsonObjects<TakenFiles> {
  return new JsonObjects({ store, nonce, format: { encode, parse } })
}

const FORMAT = 1

function encode({ files, nonce }: TakenFiles): string {
  const entries = [...files].map(([file, { version, taking }]) => [file, `${taking} ${version}`])
  return JSON.stringify({ format: FORMAT, nonce, files: Object.fromEntries(entries) }, null, 1)
}

function parse(text: string, key: string): TakenFiles {
  try {
    const { format, nonce, files } = JSON.parse(text)
    if (format === FORMAT) return { nonce, files: new Map(Object.entries<string>(files).map(entryOf)) }
  } catch {
    // Said below, as of every text that is not such an object.
  }
  throw new TickerlakeError(
    'bad-cursor',
    `The object ${key} is not the producer's list of history files. Nothing was sent. Delete it, and the files of now count as sent up to the cursor.`,
  )
}

function entryOf([file, text]: [string, string]): [string, TakenFile] {
  const [taking, version = ''] = text.split(' ')
  if (taking === 'replay' || taking === 'known' || taking === 'followed') return [file, { version, taking }]
  throw new RangeError(text)
}
