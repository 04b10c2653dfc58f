import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkChunk } from '../../../lake/parquet/limits.ts'
import { chunkOf, type HostilePage, varint } from '../../support/hostile-parquet.ts'

const BILLION = 1_000_000_000
/** The header of a block of differences: its values, its parts, their number, the first. */
const deltas = (values: number, parts: number): readonly number[] => [...varint(values), parts, 3, 0]

const HOSTILE: readonly (readonly [string, HostilePage, RegExp])[] = [
  [
    'a run of a billion words of the dictionary',
    { type: 'DOUBLE', encoding: 'RLE_DICTIONARY', count: 3, bytes: [1, ...varint(2 * BILLION), 0] },
    /a run of 1000000000 values where 3 are left/,
  ],
  [
    'a billion packed words of no bits',
    {
      type: 'DOUBLE',
      encoding: 'RLE_DICTIONARY',
      count: 3,
      bytes: [0, ...varint(BILLION + 1)],
      v2: { nulls: 0, levelBytes: 0 },
    },
    /a run of 4000000000 values where 3 are left/,
  ],
  [
    'a run whose number of eights is negative in 32 bits, which counts down for ever',
    { type: 'DOUBLE', encoding: 'RLE_DICTIONARY', count: 3, bytes: [1, ...varint(2 ** 31 + 1), 0] },
    /a run of \d+ values where 3 are left/,
  ],
  [
    'a run of a billion nulls',
    { type: 'DOUBLE', encoding: 'PLAIN', count: 3, bytes: [6, 0, 0, 0, ...varint(2 * BILLION), 1], isOptional: true },
    /a run of 1000000000 values where 3 are left/,
  ],
  [
    'a run of a billion nulls before a page of the second kind',
    {
      type: 'DOUBLE',
      encoding: 'PLAIN',
      count: 3,
      bytes: [...varint(2 * BILLION), 1],
      isOptional: true,
      v2: { nulls: 3, levelBytes: 6 },
    },
    /a run of 1000000000 values where 3 are left/,
  ],
  [
    'fewer than no nulls, so that two billion values are left',
    {
      type: 'INT64',
      encoding: 'DELTA_BINARY_PACKED',
      count: 3,
      bytes: [],
      v2: { nulls: -2_000_000_000, levelBytes: 0 },
    },
    /a page whose header contradicts itself/,
  ],
  [
    'differences in blocks of less than nothing, which are read again for ever',
    { type: 'INT32', encoding: 'DELTA_BINARY_PACKED', count: 3, bytes: [...deltas(2 ** 32 - 128, 4), 0, 8, 8, 8, 8] },
    /its bytes end too early|which Parquet does not have/,
  ],
  [
    'differences in blocks of nothing',
    { type: 'INT64', encoding: 'DELTA_BINARY_PACKED', count: 3, bytes: [...deltas(0, 4), 0, 0, 0, 0, 0] },
    /blocks of 0 differences in 4 parts, which Parquet does not have/,
  ],
  [
    'a number that takes the square of its length to read',
    {
      type: 'INT64',
      encoding: 'DELTA_BINARY_PACKED',
      count: 3,
      bytes: [...deltas(128, 4), ...Array<number>(200_000).fill(0xff), 0],
    },
    /a number of more than 10 bytes/,
  ],
  [
    'texts that share two gigabytes with nothing',
    {
      type: 'BYTE_ARRAY',
      encoding: 'DELTA_BYTE_ARRAY',
      count: 2,
      bytes: [...varint(128), 4, 2, 0, ...varint(4e9 - 2), 0, 0, 0, 0, ...deltas(128, 4), 0, 0, 0, 0, 0],
    },
    /a text shares more than the one before it has/,
  ],
  [
    'values of two gigabytes each',
    {
      type: 'FIXED_LEN_BYTE_ARRAY',
      encoding: 'BYTE_STREAM_SPLIT',
      count: 3,
      bytes: [1, 2, 3],
      typeLength: 2 ** 31 - 1,
    },
    /its bytes end too early/,
  ],
]

function shapeOf({ type, count, isOptional = false, typeLength }: HostilePage) {
  return { rows: count, codec: 'UNCOMPRESSED' as const, type, typeLength, isOptional }
}

describe('a page is refused before it is decoded that holds', () => {
  for (const [name, page, reason] of HOSTILE) {
    test(name, () => assert.throws(() => checkChunk(chunkOf(page), shapeOf(page)), reason))
  }

  test('texts that grow by each other without end', () => {
    const count = 60_000
    // Each text is the one before and one letter more: sixty thousand bytes ask for two gigabytes.
    const growing = [...varint(128), 4, 2, 0, ...blocks(count, 2)]
    const ones = [...varint(128), 4, 2, 2, ...blocks(count, 0)]
    const page: HostilePage = {
      type: 'BYTE_ARRAY',
      encoding: 'DELTA_BYTE_ARRAY',
      count,
      bytes: [...growing, ...ones, ...Array<number>(count).fill(65)],
    }

    assert.throws(() => checkChunk(chunkOf(page), shapeOf(page)), /texts of more than \d+ bytes in one page/)
  })
})

/** Blocks of 128 differences that are all the same, half of `zigzag`. */
function blocks(count: number, zigzag: number): readonly number[] {
  return Array.from({ length: Math.ceil((count - 1) / 128) }, () => [zigzag, 0, 0, 0, 0]).flat()
}
