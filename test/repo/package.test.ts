import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { test } from 'node:test'

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
const pkg = read('package.json') as Record<'dependencies' | 'devDependencies' | 'scripts', Record<string, string>>
const lock = read('package-lock.json') as {
  packages: Record<string, LockedPackage>
}

interface LockedPackage {
  readonly resolved?: string
  readonly integrity?: string
  /** A package of this repository. */
  readonly link?: boolean
  readonly inBundle?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

test('every version is exact, so that two installs are one', () => {
  for (const [name, version] of Object.entries({ ...pkg.dependencies, ...pkg.devDependencies })) {
    assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name)
  }
})

test('the lockfile has a checksum for every package, of every platform, and names no host', () => {
  for (const [path, { resolved, integrity, link = false, inBundle = false }] of Object.entries(lock.packages)) {
    if (path === '' || link || path.startsWith('packages/')) continue
    assert.equal(resolved, undefined, path)
    // What comes inside of another package is held by that one's checksum.
    assert.ok(inBundle || /^sha512-[\w+/]{86}==$/.test(integrity ?? ''), `${path}: no checksum`)
  }
})

test('the Node that the npm package brings is the one that was looked at', async (t) => {
  const known = read('test/repo/node-binaries.json') as { version: string; sha256: Record<string, string> }
  assert.equal(pkg.devDependencies['node'], known.version, 'a new Node needs its checksums in node-binaries.json')

  const platform = `${process.platform}-${process.arch}`
  const sha256 = known.sha256[platform]
  if (sha256 === undefined) return t.skip(`no checksum is known for ${platform}`)
  if (!process.execPath.includes('node_modules')) return t.skip('run by another Node')
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(process.execPath)) hash.update(chunk)
  assert.equal(hash.digest('hex'), sha256)
})

test('the lockfile has the binaries of every platform, without which npm ci refuses it there', () => {
  for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
    for (const name of Object.keys(optionalDependencies)) {
      const isLocked = `node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages
      assert.ok(isLocked, `${path} wants ${name}`)
    }
  }
})

test('the binaries of a platform say which, so that npm ci leaves those of all others out', () => {
  const binaries = Object.entries(lock.packages).filter(([path]) => /-(?:darwin|linux|win32)-(?:x64|arm64)/.test(path))
  assert.ok(binaries.length > 20)
  for (const [path, { os = [], cpu = [] }] of binaries) {
    const [, platform = '', machine = ''] = /-(darwin|linux|win32)-(x64|arm64)/.exec(path) ?? []
    assert.deepEqual([os, cpu], [[platform], [machine]], path)
  }
})

test('typescript stays below 7, whose missing JS API lets dependency-cruiser pass with nothing cruised', () => {
  assert.match(pkg.devDependencies['typescript'] ?? '', /^6\./)
})

test('parquetjs-lite is a baseline for benchmarks, never what the app runs on', () => {
  assert.ok(pkg.devDependencies['parquetjs-lite'])
  assert.ok(!pkg.dependencies['parquetjs-lite'])
})
