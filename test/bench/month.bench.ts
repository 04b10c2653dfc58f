/**
 * `npm run bench -- month`: a month of 10^8 rows on disk, as 12,210 symbols make it with minute bars, and what a run of
 * compaction reads, writes and takes when few of its ranges of symbols have changed, and when all have. Each step has a
 * process of its own, so that its peak memory is its own.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Requests } from './counting-store.ts'
import type { Measure } from './measures.ts'

const FOLDER = join(import.meta.dirname, '../../.local')
const STEPS = ['seed', 'one symbol', 'ten symbols', 'all symbols']

interface Result {
  readonly step: string
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
  /** Of the month, after the step. */
  readonly rows: number
  readonly files: number
  readonly requests: Requests
}

/** Takes some 5 GB of disk and ten minutes for 10^8 rows; compared with nothing. */
export async function benchMonth(rows: number): Promise<readonly Measure[]> {
  mkdirSync(FOLDER, { recursive: true })
  const folder = mkdtempSync(join(FOLDER, 'bench-month-'))
  try {
    process.stdout.write(
      '| step | rows | files | GET | PUT | MB read | MB written | seconds | CPU seconds | peak memory MB |\n',
    )
    process.stdout.write('|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n')
    for (const step of STEPS) tell(inOwnProcess(step, folder, rows))
  } finally {
    rmSync(folder, { recursive: true })
  }
  return []
}

function tell({ step, rows, files, requests, ...result }: Result): void {
  const { get, put, bytesRead, bytesWritten } = requests
  const bytes = [bytesRead, bytesWritten].map((each) => (each / 1e6).toFixed(1))
  const times = [result.seconds.toFixed(1), result.cpuSeconds.toFixed(1), result.peakMb.toFixed(0)]
  process.stdout.write(`| ${[step, rows, files, get, put, ...bytes, ...times].join(' | ')} |\n`)
}

function inOwnProcess(step: string, folder: string, rows: number): Result {
  const program = join(import.meta.dirname, 'month-step.ts')
  const { stdout, status } = spawnSync(process.execPath, [program, step, folder, String(rows)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${step} failed`)
  return JSON.parse(stdout)
}
