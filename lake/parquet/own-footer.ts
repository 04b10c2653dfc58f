/**
 * Reads the footer that our own encoder writes, in one pass and without an object a column chunk: a footer of a month of
 * 500 symbols has 1,800 of them. What is in any way another's is left to hyparquet, which reads them all.
 */
import { CODEC, CONVERTED, CREATED_BY, PHYSICAL } from './format.ts'
import { type OwnColumn, type OwnFooter, OwnLayout, type OwnType } from './own-layout.ts'
import { OwnStatisticsReader } from './own-statistics.ts'
import { ThriftReader } from './thrift-reader.ts'
import { THRIFT } from './thrift-writer.ts'

/** The writer's name stands before three bytes a column. */
const NAMED_WITHIN = 4_096
const WRITER = Buffer.from(CREATED_BY)
/** A column chunk takes more than that in a footer: what says more chunks than fit has been made to fill memory. */
const LEAST_CHUNK_BYTES = 16

/** Undefined where `bytes` are not just what our encoder makes of a footer. */
export function ownLayoutIn(bytes: Uint8Array): OwnLayout | undefined {
  const footer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (!footer.subarray(-NAMED_WITHIN).includes(WRITER)) return undefined
  try {
    return new OwnLayout(new FooterReader(footer).read())
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const TYPES: ReadonlyMap<number, OwnType> = new Map(
  Object.entries(PHYSICAL).map(([name, number]) => [number, name as OwnType]),
)
const TIMES: ReadonlyMap<number, OwnColumn['time']> = new Map([
  [CONVERTED.timestampMillis, 'milliseconds'],
  [CONVERTED.timestampMicros, 'microseconds'],
])
/** Fields of a `SchemaElement`. */
const COLUMN = { physical: 1, repetition: 3, name: 4, type: 6, number: 9, newerType: 10 } as const
const COLUMN_NUMBERS: ReadonlySet<number> = new Set([COLUMN.physical, COLUMN.repetition, COLUMN.type])

/** Fields of a chunk's `ColumnMetaData`. */
const PLACE = { type: 1, path: 3, codec: 4, values: 5, size: 7, pages: 9, dictionary: 11, statistics: 12 } as const
const PLACE_NUMBERS: ReadonlySet<number> = new Set([
  ...[PLACE.type, PLACE.codec, PLACE.values, PLACE.size, PLACE.pages, PLACE.dictionary],
])
const NOTHING = -1

function typeOf(physical = NOTHING, converted = NOTHING): Pick<OwnColumn, 'type' | 'time'> {
  const [type, time] = [TYPES.get(physical), TIMES.get(converted)]
  const isKnown = time
    ? type === 'int64'
    : converted === NOTHING || (converted === CONVERTED.utf8 && type === 'byteArray')
  if (type === undefined || !isKnown) throw new RangeError('a column of another kind')
  return { type, time }
}

class FooterReader {
  readonly #thrift: ThriftReader
  readonly #bytes: Buffer
  /** What a chunk says, by field; used again for each. */
  readonly #numbers = new Float64Array(PLACE.statistics)
  #columns: readonly OwnColumn[] = []
  /** The columns' names as they stand in each chunk. */
  #paths: readonly Buffer[] = []
  #rows = NOTHING
  #groups = new Float64Array()
  #chunks: OwnFooter['chunks'] = { starts: this.#groups, sizes: this.#groups, codecs: new Uint8Array() }
  #statistics = new OwnStatisticsReader(Buffer.alloc(0), [], 0)
  readonly #notes = new Map<string, string | undefined>()
  #writer = ''

  constructor(bytes: Buffer) {
    this.#thrift = new ThriftReader(bytes, 0)
    this.#bytes = bytes
  }

  read(): OwnFooter {
    this.#thrift.struct((id, type) => {
      if (id === 2) this.#readSchema(type)
      else if (id === 3) this.#rows = this.#integer(type)
      else if (id === 4) this.#readGroups(type)
      else if (id === 5) this.#readNotes(type)
      else if (id === 6) this.#writer = this.#text(type)
      else return false
      return true
    })
    if (this.#writer !== CREATED_BY || this.#rows < 0) throw new RangeError('a file of another writer')
    return {
      rows: this.#rows,
      notes: this.#notes,
      columns: this.#columns,
      groups: this.#groups,
      chunks: this.#chunks,
      statistics: this.#statistics.found(),
    }
  }

  #readSchema(type: number): void {
    const count = this.#list(type) - 1
    if (this.#readRoot() !== count) throw new RangeError('columns within columns')
    this.#columns = Array.from({ length: count }, () => this.#readColumn())
    this.#paths = this.#columns.map(({ name }) => Buffer.from(name))
    const names = new Set(this.#columns.map(({ name }) => name))
    if (names.size < count || count === 0) throw new RangeError('no columns, or two of one name')
  }

  #readRoot(): number {
    let children = NOTHING
    this.#thrift.struct((id, type) => {
      if (id === 5) children = this.#integer(type)
      return id === 5
    })
    return children
  }

  #readColumn(): OwnColumn {
    const numbers = new Map<number, number>()
    let name = ''
    this.#thrift.struct((id, type) => {
      if (id === COLUMN.name) name = this.#text(type)
      else if (COLUMN_NUMBERS.has(id)) numbers.set(id, this.#integer(type))
      else if (id === COLUMN.newerType) numbers.set(id, type)
      else if (id !== COLUMN.number) throw new RangeError(`a column with a field ${id}`)
      return id !== COLUMN.newerType && id !== COLUMN.number
    })
    const [repetition, converted] = [numbers.get(COLUMN.repetition), numbers.get(COLUMN.type)]
    if (repetition !== 0 && repetition !== 1) throw new RangeError('a column of lists')
    // The newer word for a type says what the older one does, and goes with it.
    if (numbers.has(COLUMN.newerType) !== (converted !== undefined)) throw new RangeError('a type that is said once')
    return { name, nullable: repetition === 1, ...typeOf(numbers.get(COLUMN.physical), converted) }
  }

  #readGroups(type: number): void {
    const count = this.#list(type)
    const chunks = count * this.#columns.length
    if (chunks * LEAST_CHUNK_BYTES > this.#bytes.length) throw new RangeError('more chunks than fit')
    this.#groups = new Float64Array(count)
    this.#chunks = {
      starts: new Float64Array(chunks),
      sizes: new Float64Array(chunks),
      codecs: new Uint8Array(chunks),
    }
    this.#statistics = new OwnStatisticsReader(this.#bytes, this.#columns, count)
    for (let group = 0; group < count; group++) this.#readGroup(group)
  }

  #readGroup(group: number): void {
    let [values, rows] = [NOTHING, NOTHING]
    this.#thrift.struct((id, type) => {
      if (id === 1) values = this.#readChunks(type, group)
      else if (id === 3) rows = this.#integer(type)
      else return false
      return true
    })
    if (rows < 0 || rows !== values) throw new RangeError('a row group with columns of other lengths')
    this.#groups[group] = rows
  }

  /** How many values each of the columns has. */
  #readChunks(type: number, group: number): number {
    const { length } = this.#columns
    if (this.#list(type) !== length) throw new RangeError('a row group without some columns')
    const values = this.#readChunk(group, 0)
    for (let column = 1; column < length; column++)
      if (this.#readChunk(group, column) !== values) throw new RangeError('columns of different lengths')
    return values
  }

  /** How many values the chunk has. */
  #readChunk(group: number, column: number): number {
    let values = NOTHING
    this.#thrift.struct((id, type) => {
      if (id === 1) throw new RangeError('a column in another file')
      if (id === 3) values = this.#readPlace(type, group, column)
      return id === 3
    })
    return values
  }

  /** How many values it has. */
  #readPlace(type: number, group: number, column: number): number {
    if (type !== THRIFT.struct) throw new RangeError('a chunk without its place')
    const thrift = this.#thrift
    const numbers = this.#numbers.fill(Number.NaN)
    let isNamed = false
    thrift.struct((id, kind) => {
      if (PLACE_NUMBERS.has(id)) numbers[id] = this.#integer(kind)
      else if (id === PLACE.path) isNamed = this.#list(kind, THRIFT.binary) === 1 && this.#isName(column)
      else if (id === PLACE.statistics) this.#statistics.read(thrift, kind, { group, column })
      else return false
      return true
    })
    if (!isNamed || TYPES.get(numbers[PLACE.type] as number) !== this.#columns[column]?.type)
      throw new RangeError('a chunk of another column')
    return this.#place(numbers, group * this.#columns.length + column)
  }

  #place(numbers: Float64Array, at: number): number {
    const of = (id: number): number => numbers[id] ?? Number.NaN
    const [codec, values, size] = [of(PLACE.codec), of(PLACE.values), of(PLACE.size)]
    // An offset of zero is none: the magic word stands there.
    const start = of(PLACE.dictionary) || of(PLACE.pages)
    if (codec !== CODEC.none && codec !== CODEC.zstd) throw new RangeError(`pages of codec ${codec}`)
    if (!(values >= 0 && size >= 0 && start >= 0)) throw new RangeError('a chunk that does not say its place')
    this.#chunks.starts[at] = start
    this.#chunks.sizes[at] = size
    this.#chunks.codecs[at] = codec
    return values
  }

  #isName(column: number): boolean {
    const [name, size] = [this.#paths[column], this.#thrift.binary()]
    const to = this.#thrift.at
    return name !== undefined && size === name.length && name.compare(this.#bytes, to - size, to) === 0
  }

  #readNotes(type: number): void {
    const count = this.#list(type)
    for (let i = 0; i < count; i++) {
      let [key, value]: [string | undefined, string | undefined] = [undefined, undefined]
      this.#thrift.struct((id, kind) => {
        if (id === 1) key = this.#text(kind)
        else if (id === 2) value = this.#text(kind)
        else return false
        return true
      })
      if (key === undefined) throw new RangeError('a note without a name')
      this.#notes.set(key, value)
    }
  }

  #list(type: number, of: number = THRIFT.struct): number {
    if (type !== THRIFT.list) throw new RangeError('no list where one belongs')
    return this.#thrift.list(of)
  }

  #integer(type: number): number {
    if (type !== THRIFT.i32 && type !== THRIFT.i64) throw new RangeError('no number where one belongs')
    const number = this.#thrift.zigzag()
    if (!Number.isSafeInteger(number)) throw new RangeError('a number beyond what counts exactly')
    return number
  }

  #text(type: number): string {
    if (type !== THRIFT.binary) throw new RangeError('no text where one belongs')
    const size = this.#thrift.binary()
    return this.#bytes.toString('utf8', this.#thrift.at - size, this.#thrift.at)
  }
}
