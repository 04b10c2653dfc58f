import type { Log } from '../../lake/log.ts'

/** For tests that look at what is done, not at what is said. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
