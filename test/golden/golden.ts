/** The golden templates: what the stacks were when somebody last looked at them. */
import { join } from 'node:path'
import { EXAMPLES } from '../../infra/examples.ts'
import { appOf, templatesIn } from '../support/synth.ts'

/** The largest stage and the smallest; what is particular to dev and byo is asserted in test/infra. */
const GOLDEN_STAGES = ['local', 'prod'] as const
const FOLDER = join(import.meta.dirname, 'templates')
/** Hashes of functions' code, which change with every line of it. */
const HASH = /[0-9a-f]{64}/g

export interface GoldenFile {
  readonly path: string
  readonly text: string
}

/** What the golden files should say, from the code as it stands. */
export function goldenFiles(): readonly GoldenFile[] {
  return GOLDEN_STAGES.flatMap((stage) =>
    Object.entries(templatesIn(appOf(EXAMPLES[stage]))).map(([stack, template]) => ({
      path: join(FOLDER, stage, `${stack}.json`),
      text: `${JSON.stringify(withoutQueries(template.toJSON()), null, 1).replaceAll(HASH, 'HASH')}\n`,
    })),
  )
}

/** The folder queries/ is looked at where it stands; a new query is no change of what is deployed. */
function withoutQueries(template: Readonly<Record<string, unknown>>): unknown {
  const resources = Object.entries(template['Resources'] as Readonly<Record<string, unknown>>)
  return { ...template, Resources: Object.fromEntries(resources.filter(([id]) => !id.startsWith('Saved'))) }
}
