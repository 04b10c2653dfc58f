/** The pollers of all mappings: follows the list of descriptions, whoever gives it. */

import type { MappingDescription } from './core/mapping-description.ts'
import { parseMapping } from './core/parse-mapping.ts'
import { UsageError } from './errors.ts'
import { type MappingDeps, type MappingOptions, MappingRun } from './mapping-run.ts'
import type { MappingStatus } from './status.ts'

export interface FleetDeps extends MappingDeps {
  /** Whether what AWS refuses is passed over with a warning. */
  readonly lenient?: boolean
  /** The mappings that should run now. */
  descriptions(): Promise<readonly MappingDescription[]>
  /** Brokers that a description does not name itself; none where it does. */
  brokersOf(clusterArn: string | undefined): Promise<readonly string[]>
}

interface Member {
  /** The description as text: another text means another mapping. */
  readonly text: string
  readonly run: MappingRun
  readonly stop: AbortController
  readonly ended: Promise<void>
}

export class Fleet {
  readonly #deps: FleetDeps
  readonly #options: MappingOptions
  readonly #members = new Map<string, Member>()
  /** Descriptions that cannot be meant and were complained of. */
  readonly #refused = new Map<string, string>()

  constructor(deps: FleetDeps, options: MappingOptions) {
    this.#deps = deps
    this.#options = options
  }

  status(): readonly MappingStatus[] {
    return [...this.#members.values()].map(({ run }) => run.status())
  }

  /** Why mappings are not run. */
  refusals(): readonly string[] {
    return [...this.#refused.values()]
  }

  async run(signal: AbortSignal, rereadMs: number): Promise<void> {
    const { clock, log } = this.#deps
    while (!signal.aborted) {
      try {
        await this.#follow(await this.#deps.descriptions())
      } catch (error) {
        log.warn('the mappings cannot be read; trying again', { reason: String(error) })
      }
      await clock.sleep(rereadMs, signal)
    }
    await Promise.all([...this.#members.keys()].map((id) => this.#end(id)))
  }

  async #follow(descriptions: readonly MappingDescription[]): Promise<void> {
    const wanted = new Map(
      descriptions
        .filter(({ Enabled }) => Enabled !== false)
        .map((description) => [description.UUID ?? JSON.stringify(description), description]),
    )
    const gone = [...this.#members].filter(([id, { text }]) => JSON.stringify(wanted.get(id)) !== text)
    await Promise.all(gone.map(([id]) => this.#end(id)))
    for (const [id, description] of wanted) if (!this.#members.has(id)) await this.#begin(id, description)
  }

  async #begin(id: string, description: MappingDescription): Promise<void> {
    const text = JSON.stringify(description)
    try {
      const brokers = await this.#deps.brokersOf(description.EventSourceArn || undefined)
      const { lenient = false, log, destination, invoker } = this.#deps
      const warn = (sentence: string) => log.warn('a setting is passed over', { mapping: id, reason: sentence })
      const mapping = parseMapping(description, brokers, { lenient, warn })
      if (mapping.brokers.length === 0) throw new UsageError(`Mapping ${mapping.id} names no brokers.`)
      await invoker.prepare?.()
      await destination.prepare?.(mapping)
      const stop = new AbortController()
      const run = new MappingRun(mapping, this.#deps, this.#options)
      this.#members.set(id, { text, run, stop, ended: run.run(stop.signal) })
      this.#deps.log.info('mapping started', { ...mapping, filters: mapping.filters.length })
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      if (!this.#refused.has(text)) this.#deps.log.error('a mapping is not run', { mapping: id, reason: error.message })
      this.#refused.set(text, error.message)
    }
  }

  async #end(id: string): Promise<void> {
    const member = this.#members.get(id)
    this.#members.delete(id)
    member?.stop.abort()
    await member?.ended
  }
}
