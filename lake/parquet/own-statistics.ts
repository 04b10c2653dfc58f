/** What the footers of our own files say of the cells of each column chunk. */
import type { OwnBound, OwnColumn, OwnStatistics } from './own-layout.ts'
import type { ThriftReader } from './thrift-reader.ts'
import { THRIFT } from './thrift-writer.ts'

interface Chunk {
  readonly group: number
  readonly column: number
}

interface Found extends OwnStatistics {
  readonly min: OwnBound[]
  readonly max: OwnBound[]
}

/** Keeps arrays for those columns alone that the footer says something of. */
export class OwnStatisticsReader {
  readonly #bytes: Buffer
  readonly #columns: readonly OwnColumn[]
  readonly #groups: number
  readonly #found = new Map<number, Found>()
  /** The interval of a month's bars is the same word in each group. */
  #last = { from: 0, to: 0, text: '' }

  constructor(bytes: Buffer, columns: readonly OwnColumn[], groups: number) {
    this.#bytes = bytes
    this.#columns = columns
    this.#groups = groups
  }

  found(): ReadonlyMap<number, OwnStatistics> {
    return this.#found
  }

  read(thrift: ThriftReader, type: number, { group, column }: Chunk): void {
    if (type !== THRIFT.struct) throw new RangeError('statistics of another kind')
    const found = this.#of(column)
    thrift.struct((id, kind) => {
      // Whether bounds are exact.
      if (id === 7 || id === 8) return false
      if (id === 3 && kind === THRIFT.i64) found.nulls[group] = thrift.zigzag()
      else this.#sideOf(found, id, kind)[group] = this.#bound(thrift, column)
      return true
    })
  }

  #sideOf({ min, max }: Found, id: number, kind: number): OwnBound[] {
    if (kind === THRIFT.binary && id === 5) return max
    if (kind === THRIFT.binary && id === 6) return min
    throw new RangeError(`statistics with a field ${id}`)
  }

  #of(column: number): Found {
    const known = this.#found.get(column)
    if (known) return known
    const nothing = () => new Array<OwnBound>(this.#groups).fill(undefined)
    const found = { nulls: new Float64Array(this.#groups).fill(Number.NaN), min: nothing(), max: nothing() }
    this.#found.set(column, found)
    return found
  }

  #bound(thrift: ThriftReader, column: number): OwnBound {
    const size = thrift.binary()
    const at = thrift.at - size
    const type = this.#columns[column]?.type
    if (type === 'byteArray') return this.#text(at, thrift.at)
    if (type === 'double' && size === 8) return this.#bytes.readDoubleLE(at)
    if (type === 'int32' && size === 4) return this.#bytes.readInt32LE(at)
    if (type === 'int64' && size === 8) return this.#int64(at)
    if (type === 'boolean' && size === 1) return undefined
    throw new RangeError(`a bound of ${size} bytes`)
  }

  #int64(at: number): number {
    const value = this.#bytes.readInt32LE(at + 4) * 2 ** 32 + this.#bytes.readUInt32LE(at)
    if (!Number.isSafeInteger(value)) throw new RangeError(`a bound beyond what counts exactly, about ${value}`)
    return value
  }

  #text(from: number, to: number): string {
    const last = this.#last
    const isSame =
      to - from === last.to - last.from && this.#bytes.compare(this.#bytes, last.from, last.to, from, to) === 0
    if (!isSame) this.#last = { from, to, text: this.#bytes.toString('utf8', from, to) }
    return this.#last.text
  }
}
