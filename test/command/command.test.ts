import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'

const COMMAND = join(import.meta.dirname, '../support/waiting-command.ts')

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [COMMAND, ...args])
  const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  return { child, ended: ended.then(([[code, signal], stdout, stderr]) => ({ code, signal, stdout, stderr })) }
}

describe('every command', () => {
  test('says in one sentence that the disk is full', { skip: !existsSync('/dev/full') }, async () => {
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, '--help'], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      encoding: 'utf8',
    })

    assert.equal(status, 1)
    assert.match(stderr, /^ENOSPC: no space left on device, write\. Make room on the disk, or name another place\.\n$/)
  })

  for (const help of ['--help', '-h']) {
    test(`answers ${help} with its help, whatever else is said`, async () => {
      const { code, stdout, stderr } = await start('--nonsense', help).ended

      assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'Waits.\n', stderr: '' })
    })
  }

  test('ends when its work has, whatever a library has left behind, and has written all of it', async () => {
    const { code, stdout } = await start('--leak', '--seconds', '0').ended

    assert.deepEqual({ code, stdout }, { code: 0, stdout: 'waiting\n' })
  })

  const misuses: readonly (readonly [string, readonly string[], string])[] = [
    ['an option that it does not know', ['--fast'], 'There is no option --fast. See --help.'],
    ['a short option that it does not know', ['-x'], 'There is no option -x. See --help.'],
    ['a word that means nothing to it', ['now'], 'This command takes options only; got "now". See --help.'],
    ['a missing value', ['--seconds'], "Option '--seconds <value>' argument missing. See --help."],
    [
      'what looks like another option',
      ['--seconds', '-1'],
      '--seconds wants a value; one that begins with a dash goes behind a =, as in --seconds=-1. See --help.',
    ],
    ['a value too many', ['--orderly=yes'], "Option '--orderly' does not take an argument. See --help."],
    ['a number out of bounds', ['--seconds', '61'], '--seconds takes a whole number from 0 to 60; got "61".'],
    ['no number at all', ['--seconds', ''], '--seconds takes a whole number from 0 to 60; got "".'],
    ['another word than it wants', ['--mood', 'wild'], '--mood takes calm or tense; got "wild".'],
  ]
  for (const [what, args, sentence] of misuses) {
    test(`refuses ${what} in one sentence, with exit code 2`, async () => {
      const { code, stdout, stderr } = await start(...args).ended

      assert.deepEqual({ code, stdout, stderr }, { code: 2, stdout: '', stderr: `${sentence}\n` })
    })
  }

  for (const host of ['127.0.0.1', 'localhost']) {
    test(`says in one sentence that nobody answers at ${host}`, async () => {
      const { code, stderr } = await start('--connect', host).ended

      assert.equal(code, 1)
      assert.match(
        stderr,
        /^connect ECONNREFUSED (127\.0\.0\.1|::1):1.*: nobody answers there\. See whether that runs, .*\n$/,
      )
    })
  }

  test('is ended at once by Ctrl-C, as any process', async () => {
    const { child, ended } = start()
    await once(child.stdout, 'data')

    child.kill('SIGINT')

    assert.equal((await ended).signal, 'SIGINT')
  })

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    test(`ends by its own hand on ${signal} where it asked for that`, async () => {
      const { child, ended } = start('--orderly')
      await once(child.stdout, 'data')

      child.kill(signal)

      const { code, stdout, stderr } = await ended
      assert.equal(code, 130)
      assert.match(stdout, /tidied up/)
      assert.equal(stderr, '')
    })
  }
})
