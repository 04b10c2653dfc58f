/** A stranger's file in a folder of history: read to its end and judged, or left out with a reason, and nothing else. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Encoding, ParquetType } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { checkFile } from '../../lake/history/history-check.ts'
import { DAY_MS } from '../../lake/instant.ts'
import type { Dice } from '../chaos/dice.ts'
import { ODD_FILES } from '../golden/odd-files/files.ts'
import { NOW } from '../support/bars.ts'
import { hostileFile, varint } from '../support/hostile-parquet.ts'
import { FRAGMENTS, type FuzzTarget, mutated } from './target.ts'

const LONGEST_REASON = 600
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/
const SEEDS = ODD_FILES.map(({ content }) => (typeof content === 'string' ? Buffer.from(content) : content))
const ENCODINGS: readonly Encoding[] = [
  'PLAIN',
  'RLE_DICTIONARY',
  'RLE',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'BYTE_STREAM_SPLIT',
]
const TYPES: readonly ParquetType[] = [
  'INT32',
  'INT64',
  'DOUBLE',
  'BYTE_ARRAY',
  'FIXED_LEN_BYTE_ARRAY',
  'BOOLEAN',
  'INT96',
]
const NUMBERS = [0, 1, 2, 4, 31, 32, 64, 127, 128, 255, 2 ** 16, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 40]

function aCsv(dice: Dice): Uint8Array {
  const cell = (): string =>
    dice.pick(['2013-03-01', '03/04/2013', '20130301', '1,234.5', '1.5', '52.39M', '', '"', ' ', 'nan', ...FRAGMENTS])
  const line = (): string => Array.from({ length: dice.integer(1, 9) }, cell).join(dice.pick([',', ';', '\t', '|']))
  const header = dice.pick([
    'Date,Open,High,Low,Close,Volume',
    'Date;Close',
    'Price,Close,Close\nTicker,A,B\nDate,,',
    '',
  ])
  const lines = Array.from({ length: Math.floor(2_000 ** dice.next()) }, line)
  return Buffer.from([header, ...lines].join(dice.pick(['\n', '\r\n', '\r'])))
}

function aParquet(dice: Dice): Uint8Array {
  const rows = dice.integer(1, 300)
  const some = <T>(make: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => make(i))
  const file = parquetWriteBuffer({
    codec: dice.pick(['UNCOMPRESSED', 'UNCOMPRESSED', 'SNAPPY']),
    columnData: [
      { name: 'Date', data: some((i) => BigInt(i * DAY_MS)), type: 'INT64', encoding: dice.pick(ENCODINGS) },
      { name: 'Symbol', data: some((i) => `S${i % 7}`), type: 'STRING', encoding: dice.pick(ENCODINGS) },
      { name: 'Close', data: some((i) => i / 3), type: 'DOUBLE', encoding: dice.pick(ENCODINGS) },
    ],
  })
  return new Uint8Array(file)
}

/** Runs, lengths and differences out of the worst numbers. */
function aPage(dice: Dice): Uint8Array {
  const bytes = Array.from({ length: Math.floor(200 ** dice.next()) }, () =>
    dice.next() < 0.5 ? varint(dice.pick(NUMBERS)) : [dice.integer(0, 255)],
  ).flat()
  return hostileFile({
    type: dice.pick(TYPES),
    encoding: dice.pick(ENCODINGS),
    count: dice.pick([0, 1, 3, 10, 10, 300]),
    bytes,
    isOptional: dice.next() < 0.5,
    typeLength: dice.pick([1, 8, 2 ** 31 - 1, -1]),
    ...(dice.next() < 0.5 && { v2: { nulls: dice.pick([0, 1, 10, -1]), levelBytes: dice.pick([0, 1, 2, 6]) } }),
  })
}

function aFile(dice: Dice): Uint8Array {
  const kinds = [() => dice.pick(SEEDS), () => aCsv(dice), () => madeParquet(dice), () => aPage(dice)]
  return dice.pick(kinds)()
}

/** Not every type takes every encoding. */
function madeParquet(dice: Dice): Uint8Array {
  for (;;) {
    try {
      return aParquet(dice)
    } catch {}
  }
}

const folder = mkdtempSync(join(tmpdir(), 'tickerlake-fuzz-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

export const historyTarget: FuzzTarget = {
  name: 'history',
  inAMoment: 200,
  make: (dice) => mutated(aFile(dice), dice),
  async run(input) {
    const file = join(folder, 'AAPL.csv')
    writeFileSync(file, input)
    const checked = await checkFile(file, 'history/AAPL.parquet', NOW)
    if (checked.kind === 'read') {
      assert.ok(checked.check.bars <= checked.check.rows)
      return
    }
    const { reason } = checked.skipped
    assert.ok(reason.length > 0 && reason.length <= LONGEST_REASON, `a reason of ${reason.length} characters`)
    assert.doesNotMatch(reason, OBEYED)
  },
}
