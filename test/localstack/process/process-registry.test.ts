import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { identify, isAlive } from '../../../localstack/process/identity.ts'
import { leftRunning, registryAt } from '../../../localstack/process/process-registry.ts'
import { until } from '../../support/until.ts'

/** Writes the pid of a grandchild that would live for a minute, then lives for a minute itself. */
const WITH_GRANDCHILD = `
  const { spawn } = require('node:child_process')
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' })
  console.log(child.pid)
  process.on('SIGTERM', () => process.exit(0))
  setTimeout(() => {}, 60_000)`

describe('the registry of processes', () => {
  const root = mkdtempSync(join(tmpdir(), 'tickerlake-registry-'))
  const fresh = () => {
    const run = mkdtempSync(join(root, 'run-'))
    return { registry: registryAt({ run, log: run }), file: join(run, 'processes.json') }
  }
  const node = (script: string) => ({ name: 'child', command: process.execPath, args: ['-e', script], env: {} })
  after(() => rmSync(root, { recursive: true }))

  test('ending a process ends what it has spawned too', async () => {
    const { registry, file } = fresh()
    const child = registry.start(node(WITH_GRANDCHILD))
    const grandchild = await printedPid(child.logFile)

    await registry.end(child)

    assert.ok(!isAlive(child))
    assert.equal(identify(grandchild), undefined)
    assert.ok(!existsSync(file))
  })

  test('what a killed run has left is found by the next one, but not what has ended since', async () => {
    const { registry, file } = fresh()
    const living = registry.start(node('setTimeout(() => {}, 60_000)'))
    const ended = registry.start(node(''))
    await ended.exited

    const left = leftRunning(file)
    await registry.endAll()

    assert.deepEqual(
      left.map(({ pid }) => pid),
      [living.pid],
    )
    assert.deepEqual(leftRunning(file), [])
  })

  test('a tool gives its output, and its last words where it fails', async () => {
    const { registry } = fresh()
    const signal = new AbortController().signal

    assert.equal(await registry.run(node('console.log("fine")'), signal), 'fine\n')
    await assert.rejects(
      registry.run(node('console.log("no disk"); process.exit(3)'), signal),
      /child ended with 3.*\nno disk/,
    )
  })

  test('a tool that still runs is in the registry, and none of the servers', async () => {
    const { registry } = fresh()
    const server = registry.start(node('setTimeout(() => {}, 60_000)'))
    const tool = registry.run(node(''), new AbortController().signal)

    assert.equal(registry.running.length, 2)
    assert.deepEqual(
      registry.servers.map(({ pid }) => pid),
      [server.pid],
    )
    await tool
    await registry.endAll()
  })

  test('an abort ends a running tool', async () => {
    const { registry, file } = fresh()
    const abort = new AbortController()
    const running = registry.run(node('setTimeout(() => {}, 60_000)'), abort.signal)
    const [tool] = leftRunning(file)

    abort.abort(new Error('enough'))

    await assert.rejects(running, /enough/)
    assert.ok(tool && !isAlive(tool))
  })

  test('a program that is not there is told by name', async () => {
    const { registry } = fresh()
    const missing = { name: 'child', command: '/nowhere/java', args: [], env: {} }

    await assert.rejects(registry.run(missing, new AbortController().signal), /Could not run \/nowhere\/java/)
  })
})

async function printedPid(logFile: string): Promise<number> {
  const written = () => readFileSync(logFile, 'utf8')
  await until('the pid of the grandchild', () => written().endsWith('\n'))
  return Number(written())
}
