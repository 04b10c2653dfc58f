import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

// CDK makes its cache there with Node's `mkdir`, which would go on for ever.
test('a home where no folder can be made is refused', { skip: process.platform !== 'linux' }, () => {
  const env = { ...process.env, HOME: '/proc' }
  const { status, stderr } = spawnSync(process.execPath, ['infra/synth.ts', 'dev'], { env, encoding: 'utf8' })

  assert.equal(status, 2, stderr)
  assert.match(
    stderr,
    /^CDK keeps a cache in the home folder, and HOME is \/proc, where no folder can be made\. Set HOME/,
  )
})
