import type { Environment } from '../lambdas/core/environment.ts'
import type { LocalOptions } from './options.ts'
import type { LocalPaths } from './paths.ts'
import type { ProcessBook } from './process/book.ts'
import type { Progress } from './progress.ts'

/** A broker and an AWS endpoint that answer; whoever made them knows how. */
export interface Engine {
  readonly endpoint: string
  readonly brokers: string
}

export interface EngineDeps {
  readonly options: LocalOptions
  readonly paths: LocalPaths
  readonly book: ProcessBook
  readonly progress: Progress
  readonly signal: AbortSignal
  readonly env: Environment
}
