/** What every route reads the lake through: files by version, the own engine, and what landed a moment ago. */
import { KeptLayouts } from '../../lake/parquet/open-layout.ts'
import type { QueryAnswer, QueryEngine } from '../../lake/queries/query-engine.ts'
import type { Table } from '../../lake/tables/table.ts'
import { BARS } from '../../lake/tables/tables.ts'
import { CachedFiles } from './cached-files.ts'
import type { DashboardLake } from './lake.ts'
import { Overlay } from './overlay.ts'
import { cleanBars, cleanStatements, type SeriesRow, withLanded } from './symbol-bars.ts'
import { SymbolFindings } from './symbol-findings.ts'
import { Kept, versionOf } from './versions.ts'

/** Half a lake of 500 symbols over twenty years; a laptop has it to spare. */
const CACHE_BYTES = 192 * 1024 * 1024

/** A month of 500 symbols' daily bars takes 16 kB: a hundred and seventy years of them. */
const FOOTER_BYTES = 32 * 1024 * 1024

interface Series {
  readonly rows: readonly SeriesRow[]
  readonly version: string
}

export class Reader {
  readonly lake: DashboardLake
  readonly files: CachedFiles
  readonly footers = new KeptLayouts(FOOTER_BYTES)
  readonly kept = new Kept()
  readonly overlay = new Overlay()
  readonly findings: SymbolFindings
  readonly #engine: QueryEngine

  constructor(lake: DashboardLake, now: () => number) {
    this.lake = lake
    this.files = new CachedFiles(lake.files, { capacityBytes: CACHE_BYTES, listingMs: lake.lookMs, now })
    this.#engine = lake.ownEngine(this.files, 'page')
    this.findings = new SymbolFindings((files) => lake.ownEngine(files, 'findings'))
  }

  version(tables: readonly Table[]): Promise<string> {
    return versionOf(this.files, tables)
  }

  /** A question of the page's own: SQL that stands in this program, with no word of a visitor in it. */
  async ask(sql: string): Promise<QueryAnswer['rows']> {
    return (await this.#engine.run(sql)).rows
  }

  /** The bars table's bars of a symbol, and their version. */
  async clean(symbol: string, interval: string): Promise<Series> {
    const version = await this.version([BARS])
    const read = () => cleanBars(symbol, interval, this)
    return { rows: await this.kept.of(`series ${symbol} ${interval}`, version, read), version }
  }

  /** A symbol's bars with what has landed since they were compacted. */
  async series(symbol: string, interval: string): Promise<Series> {
    const { rows: landed, revision } = this.overlay.of(symbol, interval)
    if (landed.length === 0) return this.clean(symbol, interval)
    const version = await this.version([BARS])
    const read = () => cleanStatements(symbol, interval, this)
    const clean = await this.kept.of(`statements ${symbol} ${interval}`, version, read)
    return { rows: withLanded(clean, landed), version: `${version}-${revision}` }
  }
}
