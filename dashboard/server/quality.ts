/** The route of the page Quality: the ledgers' own account, the rejected records with their bytes, the findings. */
import type { PartitionReport } from '../../lake/ledger/completeness.ts'
import { checkCompleteness } from '../../lake/ledger/completeness-check.ts'
import { GIVEN_UP_PREFIX } from '../../lake/ledger/given-up.ts'
import { LandedFiles } from '../../lake/ledger/landed-files.ts'
import { countOffsets } from '../../lake/ledger/offset-ranges.ts'
import { BARS, BARS_LANDING } from '../../lake/tables/tables.ts'
import type { PartitionQuality, QualityAnswer, RejectedBytes, RejectedRecord, RunQuality } from '../api.ts'
import type { Answer } from './handler.ts'
import type { Reader } from './reader.ts'

const RUNS = 'SELECT run_id, sent, landed, rejected, complete FROM completeness ORDER BY first_sent DESC LIMIT 100'
/** Of each key and value; 200 records of a megabyte each are more than a browser takes. */
const BYTES_SHOWN = 2_048
const REJECTED = `
SELECT kafka_partition, kafka_offset, CAST(ts_recv AS varchar), reject_reason,
  substr(raw_key, 1, ${BYTES_SHOWN}), length(raw_key), substr(raw_value, 1, ${BYTES_SHOWN}), length(raw_value)
FROM bars_landing
WHERE reject_reason IS NOT NULL
ORDER BY ts_recv DESC, kafka_partition, kafka_offset DESC
LIMIT 200`
const FINDINGS = 'SELECT finding, count(*) FROM bars_findings GROUP BY finding ORDER BY 2 DESC, 1'

export async function qualityAnswer(reader: Reader): Promise<Answer> {
  const version = await reader.version([BARS_LANDING, BARS])
  const data = await reader.kept.of('quality', version, async (): Promise<QualityAnswer> => {
    const reports = await partitionReports(reader)
    const [runs, rejected, findings] = [await reader.ask(RUNS), await reader.ask(REJECTED), await reader.ask(FINDINGS)]
    const givenUp = await Array.fromAsync(reader.lake.files.list(GIVEN_UP_PREFIX))
    return {
      partitions: reports.map(partitionOf),
      runs: runs.map(runOf),
      rejected: rejected.map(rejectedOf),
      givenUpObjects: givenUp.length,
      findings: findings.map(([finding, bars]) => ({ finding: finding ?? '', bars: Number(bars) })),
    }
  })
  return { data, version }
}

async function partitionReports({ lake, files }: Reader): Promise<readonly PartitionReport[]> {
  const ledgers = await lake.ledgers()
  if (!ledgers) return []
  // Without the broker the ledgers still tell a gap from a loss; the page says of the lag that it is not known.
  const log = await lake.topicLog?.().catch(() => undefined)
  return checkCompleteness(lake.topic, {
    store: lake.files,
    files: new LandedFiles(files),
    ledgers,
    log,
    progress: () => undefined,
  })
}

function partitionOf({ gaps, lost, ...report }: PartitionReport): PartitionQuality {
  const { partition, epoch, landed, rejected, duplicates, lag, newestArrival } = report
  return {
    partition,
    epoch,
    landed,
    rejected,
    duplicates,
    lag,
    newestArrival,
    gaps: countOffsets(gaps),
    lost: countOffsets(lost),
  }
}

function runOf([run, sent, landed, rejected, complete]: readonly (string | null)[]): RunQuality {
  const isKnown = sent !== null && sent !== undefined
  return {
    run: run ?? '',
    sent: isKnown ? Number(sent) : null,
    landed: Number(landed),
    rejected: Number(rejected),
    isComplete: complete === 'true',
  }
}

function rejectedOf(cells: readonly (string | null)[]): RejectedRecord {
  const [partition, offset, received, reason, key, keyLength, value, valueLength] = cells
  const [code = '', ...detail] = (reason ?? '').split(': ')
  return {
    partition: Number(partition),
    offset: Number(offset),
    received: received ?? '',
    code,
    detail: detail.join(': '),
    key: bytesOf(key, keyLength),
    value: bytesOf(value, valueLength),
  }
}

function bytesOf(hex: string | null | undefined, length: string | null | undefined): RejectedBytes | null {
  return hex === null || hex === undefined ? null : { hex: hex.replaceAll(' ', ''), length: Number(length) }
}
