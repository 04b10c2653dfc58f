import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { logTo } from '../../../localstack/command/run-pipeline.ts'

test('a log on a full disk fails the run, which ends its broker and AWS', {
  skip: !existsSync('/dev/full'),
}, async () => {
  const { promise: failed, resolve: fail } = Promise.withResolvers<Error>()

  logTo('/dev/full', fail).info('mapping started')

  assert.match((await failed).message, /^ENOSPC: no space left on device/)
})
