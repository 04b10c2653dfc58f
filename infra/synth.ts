import { mkdirSync } from 'node:fs'
import { App } from 'aws-cdk-lib'
import { runCommand } from '../command/command.ts'
import { oneOf } from '../command/option-values.ts'
import { EXAMPLES, featureFlags } from './examples.ts'
import { STAGE_NAMES, type StageName } from './knob.ts'
import { checkRules } from './rules.ts'
import { makeStacks } from './stacks.ts'
import { readStage } from './stage.ts'

const OUT = '.local/synth'

const HELP = `
Makes the templates of every stage, or of those that are named, without an account; cdk-nag's rules hold them.

  npm run synth
  npm run synth -- dev prod
  npm run synth -- --preflight      holds them to cdk-preflight's rules too: what AWS has refused of others' templates

STAGE is one of: ${STAGE_NAMES.join(', ')}. The templates are written to ${OUT}/STAGE.
`

await runCommand({
  help: HELP,
  words: true,
  options: { preflight: { type: 'boolean' } },
  async run({ positionals, values }) {
    const rules = values.preflight ? (await import('./refused-templates.ts')).holdToRefusals : undefined
    const asked = positionals.map((name) => oneOf(STAGE_NAMES, 'STAGE', name))
    for (const stage of asked.length > 0 ? asked : STAGE_NAMES) process.stdout.write(`${synth(stage, rules)}\n`)
    return 0
  },
})

/** Synthesizes one stage into its folder and tells what came of it. */
function synth(name: StageName, rules?: (app: App) => void): string {
  const started = performance.now()
  const outdir = `${OUT}/${name}`
  mkdirSync(outdir, { recursive: true })
  const app = new App({ outdir, context: featureFlags() })
  makeStacks(app, readStage(EXAMPLES[name]))
  rules?.(app)
  checkRules(app)
  const { stacks } = app.synth()
  const made = stacks.map(({ stackName, template }) => {
    return `${stackName} (${Object.keys(template.Resources).length} resources)`
  })
  return `${name}: ${made.join(', ')} in ${outdir}, ${((performance.now() - started) / 1000).toFixed(1)} s`
}
