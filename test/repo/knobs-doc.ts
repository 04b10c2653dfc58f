/** The table of knobs in docs/deploy.md, made from infra/knobs. */
import { type Knob, STAGE_NAMES } from '../../infra/knob.ts'
import { KNOBS } from '../../infra/knobs.ts'

const BEGIN = '<!-- knobs: made by npm run docs -->'
const END = '<!-- /knobs -->'

export function knobsDoc(page: string): string {
  const [before, after] = [page.split(BEGIN)[0], page.split(END)[1]]
  const rows = Object.entries<Knob<unknown>>(KNOBS).map(([name, knob]) => row(name, knob))
  const table = [`| knob | what | unit | default | cost |`, '|---|---|---|---|---|', ...rows].join('\n')
  return `${before}${BEGIN}\n${table}\n${END}${after}`
}

function row(name: string, { doc, unit, takes, defaults, cost }: Knob<unknown>): string {
  const cells = [`\`${name}\``, `${doc} Takes ${takes}.`, unit, defaultsOf(defaults), cost]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** One value where all stages have the same, else each stage's. */
function defaultsOf(defaults: Knob<unknown>['defaults']): string {
  const texts = STAGE_NAMES.map((stage) => textOf(defaults[stage]))
  if (new Set(texts).size === 1) return texts[0] ?? ''
  return STAGE_NAMES.map((stage, i) => `${stage} ${texts[i]}`).join(', ')
}

function textOf(value: unknown): string {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? 'none' : `\`${value}\``
}
