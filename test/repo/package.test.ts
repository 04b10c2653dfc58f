import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
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
  readonly optional?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

test('every version is exact, so that two installs are one', () => {
  for (const [name, version] of Object.entries({ ...pkg.dependencies, ...pkg.devDependencies })) {
    assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name)
  }
})

test('the lockfile has a checksum for every package and names no host', () => {
  for (const [path, { resolved, integrity, link = false, inBundle = false, optional = false }] of Object.entries(
    lock.packages,
  )) {
    if (path === '' || link || path.startsWith('packages/')) continue
    assert.equal(resolved, undefined, path)
    // A binary of a platform that no machine of ours has was never downloaded, so its checksum is not known here.
    assert.ok(integrity || inBundle || isForeign(path, optional), `${path}: no checksum`)
  }
})

function isForeign(path: string, optional: boolean): boolean {
  return optional && (!path.includes(`${process.platform}-${process.arch}`) || path.includes('musl'))
}

test('the lockfile has the binaries of every platform, without which npm ci refuses it there', () => {
  for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
    for (const name of Object.keys(optionalDependencies)) {
      const isLocked = `node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages
      assert.ok(isLocked, `${path} wants ${name}`)
    }
  }
})

test('typescript stays below 7, whose missing JS API lets dependency-cruiser pass with nothing cruised', () => {
  assert.match(pkg.devDependencies['typescript'] ?? '', /^6\./)
})

test('parquetjs-lite is a baseline for benchmarks, never what the app runs on', () => {
  assert.ok(pkg.devDependencies['parquetjs-lite'])
  assert.ok(!pkg.dependencies['parquetjs-lite'])
})
