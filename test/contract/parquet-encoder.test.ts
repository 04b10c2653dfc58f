import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { parquetEncoderContract } from './parquet-encoder.ts'

parquetEncoderContract('ours', () => parquetEncoder())
parquetEncoderContract('ours with small groups and pages', () =>
  parquetEncoder({ rowGroupRows: 1_000, pageRows: 64, pageBytes: 512 }),
)
