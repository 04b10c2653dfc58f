import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { FolderObjectStore } from '../support/folder-object-store.ts'
import { MemoryObjectStore } from '../support/memory-object-store.ts'
import { objectStoreContract } from './object-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickerlake-object-store-'))
after(() => rmSync(folder, { recursive: true }))

objectStoreContract('memory', () => new MemoryObjectStore())
objectStoreContract('folder', () => new FolderObjectStore(mkdtempSync(join(folder, 'store-'))))
