import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'

const HEADER = 'Date,Open,High,Low,Close,Volume'
const folder = mkdtempSync(join(tmpdir(), 'tickerlake-check-'))
after(() => rmSync(folder, { recursive: true }))

function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true })
    writeFileSync(join(folder, name, file), content)
  }
  return join(folder, name)
}

const local = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['localstack/cli.ts', ...args], { encoding: 'utf8' })
  return { status, stdout: stdout.replaceAll(`${folder}/`, ''), stderr: stderr.replaceAll(`${folder}/`, '') }
}

describe('npm run local -- --check --history DIR', () => {
  const mixed = folderOf('mixed', {
    'AAPL.csv': `${HEADER}\n2013-03-01,10,11,9,10.5,100\n2013-03-04,10,9,11,10.5,100\n2013-03-01,10,11,9,10.6,100\n`,
    'AAPL (1).csv': 'a second download',
    'deep/er/MSFT-1h.csv': `${HEADER}\n2013-03-01 14:30:00+00:00,10,11,9,10.5,100\n`,
    'prices.zip': 'PK',
    'HEADER.csv': `${HEADER}\n`,
    '.hidden': '',
  })

  test('tells of each file what would be read and rejected, or why it is left out, and starts nothing', () => {
    const { status, stdout, stderr } = local('--check', '--history', mixed)

    assert.deepEqual(stdout.trimEnd().split('\n'), [
      'Read      mixed/AAPL.csv: 2 bars, AAPL, 1d, 2013-03-01 to 2013-03-01',
      '          1 rejected: high_below_low, such as AAPL 2013-03-04T00:00:00.000Z: open 10, high 9, low 11, close 10.5',
      '          1 rows repeat a bar of the file; the last one counts',
      'Left out  mixed/HEADER.csv: it has a header line and no rows',
      'Read      mixed/deep/er/MSFT-1h.csv: 1 bars, MSFT, 1h, 2013-03-01T14:30:00.000Z to 2013-03-01T14:30:00.000Z',
      'Left out  mixed/prices.zip: an archive; unpack it into the folder',
      'Left out  mixed/AAPL (1).csv: a second copy of mixed/AAPL.csv, and another one; keep one of them',
      '2 files would be read: 4 rows, 3 of them bars, 1 rejected. 3 files are left out.',
    ])
    assert.deepEqual([status, stderr], [0, ''])
  })

  test('with --strict ends with 1 where anything is left out or rejected', () => {
    const whole = folderOf('whole', { 'AAPL.csv': `${HEADER}\n2013-03-01,10,11,9,10.5,100\n` })

    assert.equal(local('--check', '--strict', '--history', mixed).status, 1)
    assert.equal(local('--check', '--strict', '--history', whole).status, 0)
  })

  test('is refused without a folder', () => {
    const { status, stderr } = local('--check')

    assert.equal(status, 2)
    assert.match(stderr, /--check takes --history DIR/)
  })
})

test('a folder with no file that can be read is refused before anything is started', () => {
  const bad = folderOf('bad', { 'A.csv': 'hello\n', 'B.csv': `${HEADER}\n` })

  const { status, stderr } = local('--once', '--history', bad, '--dir', join(folder, 'engine'))

  assert.equal(status, 2)
  assert.match(
    stderr,
    /No file of the history can be read:\n {2}bad\/A\.csv: no column Date.*\n {2}bad\/B\.csv: it has a header line/,
  )
  assert.doesNotMatch(stderr, /Kafka/)
})
