import { MemoryObjectStore } from '../support/memory-object-store.ts'
import { objectStoreContract } from './object-store.ts'

objectStoreContract('memory', () => new MemoryObjectStore())
