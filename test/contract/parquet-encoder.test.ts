import { hyparquetEncoder } from '../../lake/parquet/encoder.ts'
import { parquetEncoderContract } from './parquet-encoder.ts'

parquetEncoderContract('hyparquet', () => hyparquetEncoder())
parquetEncoderContract('hyparquet with small groups and pages', () =>
  hyparquetEncoder({ rowGroupRows: 1_000, pageBytes: 512 }),
)
