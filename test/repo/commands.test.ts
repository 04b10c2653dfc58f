import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
/** The scripts that are programs of ours: `node [flags] FILE.ts [arguments]`. The others run a tool, which has its own help. */
const commands = Object.entries(scripts).flatMap(([name, script]) => {
  const [, file] = /^node (?:--(?!test)\S+ )*(\w\S+\.ts)(?: |$)/.exec(script) ?? []
  return file === undefined ? [] : [{ name, file, script }]
})

describe('every npm script that is a program of ours', () => {
  assert.ok(commands.length > 20)
  for (const { name, file, script } of commands) {
    test(`${name} reads its arguments as all do, so that --help and misuse are answered`, () => {
      assert.ok(existsSync(file), file)
      assert.match(readFileSync(file, 'utf8'), /^await runCommand\(\{$/m)
    })

    test(`${name} starts with what Node made of its modules before`, () => {
      assert.match(script, /^node --import=\.\/command\/compiled\.mjs /)
    })
  }
})
