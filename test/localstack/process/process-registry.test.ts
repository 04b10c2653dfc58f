import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { identify, isAlive } from '../../../localstack/process/identity.ts'
import { bookAt, leftRunning } from '../../../localstack/process/process-registry.ts'

/** Writes the pid of a grandchild that would live for a minute, then lives for a minute itself. */
const WITH_GRANDCHILD = `
  const { spawn } = require('node:child_process')
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' })
  console.log(child.pid)
  process.on('SIGTERM', () => process.exit(0))
  setTimeout(() => {}, 60_000)`

describe('the book of processes', () => {
  const root = mkdtempSync(join(tmpdir(), 'tickerlake-book-'))
  const fresh = () => {
    const run = mkdtempSync(join(root, 'run-'))
    return { book: bookAt({ run, log: run }), file: join(run, 'processes.json') }
  }
  const node = (script: string) => ({ name: 'child', command: process.execPath, args: ['-e', script], env: {} })
  after(() => rmSync(root, { recursive: true }))

  test('ending a process ends what it has spawned too', async () => {
    const { book, file } = fresh()
    const child = book.start(node(WITH_GRANDCHILD))
    const grandchild = await printedPid(child.logFile)

    await book.end(child)

    assert.ok(!isAlive(child))
    assert.equal(identify(grandchild), undefined)
    assert.ok(!existsSync(file))
  })

  test('what a killed run has left is found by the next one, but not what has ended since', async () => {
    const { book, file } = fresh()
    const living = book.start(node('setTimeout(() => {}, 60_000)'))
    const ended = book.start(node(''))
    await ended.exited

    const left = leftRunning(file)
    await book.endAll()

    assert.deepEqual(
      left.map(({ pid }) => pid),
      [living.pid],
    )
    assert.deepEqual(leftRunning(file), [])
  })

  test('a tool gives its output, and its last words where it fails', async () => {
    const { book } = fresh()
    const signal = new AbortController().signal

    assert.equal(await book.run(node('console.log("fine")'), signal), 'fine\n')
    await assert.rejects(
      book.run(node('console.log("no disk"); process.exit(3)'), signal),
      /child ended with 3.*\nno disk/,
    )
  })

  test('an abort ends a running tool', async () => {
    const { book, file } = fresh()
    const abort = new AbortController()
    const running = book.run(node('setTimeout(() => {}, 60_000)'), abort.signal)
    const [tool] = leftRunning(file)

    abort.abort(new Error('enough'))

    await assert.rejects(running, /enough/)
    assert.ok(tool && !isAlive(tool))
  })

  test('a program that is not there is told by name', async () => {
    const { book } = fresh()
    const missing = { name: 'child', command: '/nowhere/java', args: [], env: {} }

    await assert.rejects(book.run(missing, new AbortController().signal), /Could not run \/nowhere\/java/)
  })
})

async function printedPid(logFile: string): Promise<number> {
  for (;;) {
    const text = readFileSync(logFile, 'utf8')
    if (text.endsWith('\n')) return Number(text)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
