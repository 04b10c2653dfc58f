/** Loaded before a test file: properties that name no seed of their own take this one. */
import fc from 'fast-check'
import { SEED } from './seed.ts'

fc.configureGlobal({ seed: SEED })
