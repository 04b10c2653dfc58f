/** The part of parquetjs-lite that the benchmark uses; the package has no types. */
declare module 'parquetjs-lite' {
  class ParquetSchema {
    constructor(fields: Record<string, { type: string; optional: boolean; compression: string }>)
  }
  class ParquetWriter {
    static openStream(schema: ParquetSchema, stream: NodeJS.WritableStream): Promise<ParquetWriter>
    appendRow(row: Record<string, unknown>): Promise<void>
    close(): Promise<void>
  }
  const parquetjs: { readonly ParquetSchema: typeof ParquetSchema; readonly ParquetWriter: typeof ParquetWriter }
  export = parquetjs
}
