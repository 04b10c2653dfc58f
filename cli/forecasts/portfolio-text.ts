/** A portfolio's risk for eyes and for programs. */
import { type AnswerFormat, answerText } from '../../command/answer-text.ts'
import { percent } from '../../command/text-table.ts'
import type { PortfolioRisk } from '../../lambdas/forecast/portfolio-risk.ts'
import type { TailLoss } from '../../lambdas/forecast/tail-losses.ts'
import type { PortfolioReport } from './portfolio-source.ts'

/** The horizon that the holdings are told apart at: ten bars, as regulators have it. */
const SHARES_AT = 10
/** So many lines for eyes; programs get all. */
const SHOWN = 20

export function portfolioText(report: PortfolioReport, format: AnswerFormat): string {
  if (format !== 'table') return answerText(dataGrid(report), format)
  const { asOf, holdings, cash } = report
  const invested = investedOf(report)
  const head =
    `${holdings.length} ${holdings.length === 1 ? 'holding' : 'holdings'} after the close of ${asOf}: ` +
    `${amountText(invested)}${cash === 0 ? '' : ` and ${amountText(cash)} in cash`}`
  const lines = [head, '', answerText(riskGrid(report), 'table'), '', answerText(sharesGrid(report), 'table')]
  const cut = holdings.length > SHOWN ? [`The ${SHOWN} largest shares are shown; --format csv gives all.`] : []
  return [...lines, '', ...remarksOf(report), ...cut, meaningText(report)].join('\n')
}

function investedOf({ holdings }: Pick<PortfolioReport, 'holdings'>): number {
  return holdings.reduce((sum, { value }) => sum + value, 0)
}

/** What shares are of: what the portfolio is worth or, where what is owed takes that away, all that is held and owed. */
function wholeOf(report: PortfolioReport): { readonly amount: number; readonly isWorth: boolean } {
  const worth = investedOf(report) + report.cash
  const gross = report.holdings.reduce((sum, { value }) => sum + Math.abs(value), Math.abs(report.cash))
  const isWorth = worth > LEAST_WORTH * gross
  return { amount: isWorth ? worth : gross, isWorth }
}

/** Of what is held and owed; the shares of a smaller worth say nothing. */
const LEAST_WORTH = 0.01

/** Weights are shares of one; money is shown in whole units from a thousand on. */
function amountText(value: number): string {
  if (Math.abs(value) >= 1e15) return value.toExponential(3)
  if (Math.abs(value) >= 1_000) return value.toFixed(0)
  if (Math.abs(value) >= 10) return value.toFixed(2)
  // A coin may cost a millionth of a dollar; still smaller amounts are what rounding leaves.
  const isTiny = Math.abs(value) < 5e-5 && Math.abs(value) > 1e-12
  return isTiny ? value.toExponential(2) : value.toFixed(4)
}

function riskGrid({ risks }: PortfolioReport) {
  const names = ['bars', '80 % from', '80 % to', 'VaR 95 %', 'ES 95 %', 'VaR 99 %', 'ES 99 %']
  return {
    columns: names.map((name) => ({ name, type: 'double' })),
    rows: risks.map(({ horizon, quantiles, tails }) => [
      String(horizon),
      amountText(quantiles[2] ?? Number.NaN),
      amountText(quantiles[6] ?? Number.NaN),
      ...tails.flatMap(({ valueAtRisk, expectedShortfall }) => [
        amountText(valueAtRisk),
        amountText(expectedShortfall),
      ]),
    ]),
  }
}

function sharesGrid(report: PortfolioReport) {
  const risk = riskAt(report)
  const { amount: whole } = wholeOf(report)
  const [titles, type] = [['weight', `share of ES 95 % at ${SHARES_AT}`, 'ES 95 % without it', 'change'], 'double']
  const rows = report.holdings.map(({ symbol, value }, i) => {
    const position = risk.positions[i]
    const without = expectedShortfallOf(position?.without)
    return {
      share: position?.share ?? 0,
      cells: [
        symbol,
        percent(value / whole),
        percent(position?.share ?? 0),
        amountText(without),
        amountText(without - expectedShortfallOf(risk.tails)),
      ],
    }
  })
  return {
    columns: [{ name: 'holding', type: 'varchar' }, ...titles.map((name) => ({ name, type }))],
    rows: rows
      .sort((a, b) => b.share - a.share)
      .slice(0, SHOWN)
      .map(({ cells }) => cells),
  }
}

function riskAt({ risks }: PortfolioReport): PortfolioRisk {
  return risks.find(({ horizon }) => horizon === SHARES_AT) as PortfolioRisk
}

function expectedShortfallOf(tails: readonly TailLoss[] | undefined): number {
  return tails?.[0]?.expectedShortfall ?? Number.NaN
}

/** What the numbers leave out or fill in, a sentence each. */
export function remarksOf({ holdings, left, risks }: PortfolioReport): string[] {
  const scenarios = risks[0]?.scenarios ?? 0
  const holed = holdings.filter(({ filled }) => filled > 0)
  return [
    ...left.map(({ symbol, reason }) => `Left out of every number: ${symbol} (${reason}).`),
    ...holed.map(
      ({ symbol, filled }) =>
        `${symbol} lacks ${filled} of the ${scenarios} days: in their place stand its own days on which the market moved most alike.`,
    ),
  ]
}

function meaningText(report: PortfolioReport): string {
  const risk = riskAt(report)
  const { amount: whole, isWorth } = wholeOf(report)
  const loss = risk.tails[0]?.valueAtRisk ?? Number.NaN
  return (
    `Meaning: over ${risk.horizon} bars one time in twenty it loses more than ${amountText(loss)} ` +
    `(${percent(loss / whole)}${isWorth ? '' : ` of ${amountText(whole)} held and owed`}), ` +
    `and then ${amountText(expectedShortfallOf(risk.tails))} on average${largestText(report)}. ` +
    'Gaps in trading, what a sale costs and currencies are not in it.'
  )
}

/** Nothing where there is but one holding. */
function largestText(report: PortfolioReport): string {
  const { positions } = riskAt(report)
  if (positions.length === 1) return ''
  const share = Math.max(...positions.map((position) => position.share))
  const largest = report.holdings[positions.findIndex((position) => position.share === share)]
  return `; ${largest?.symbol} brings ${percent(share)} of that`
}

/** What programs get: a row a horizon for the whole (holding null) and one for each holding. */
function dataGrid({ asOf, holdings, cash, risks }: PortfolioReport) {
  const names = [
    'as_of',
    'horizon',
    'holding',
    'value',
    'quantile_10',
    'quantile_50',
    'quantile_90',
    'var_95',
    'es_95',
    'var_99',
    'es_99',
    'share_of_es_95',
    'es_95_without',
  ]
  const invested = investedOf({ holdings })
  const rows = risks.flatMap(({ horizon, quantiles, tails, positions }) => {
    const losses = tails.flatMap(({ valueAtRisk, expectedShortfall }) => [valueAtRisk, expectedShortfall])
    const whole = [asOf, horizon, null, invested + cash, quantiles[2], quantiles[4], quantiles[6], ...losses, 1, null]
    const each = holdings.map(({ symbol, value }, i) => [
      ...[asOf, horizon, symbol, value],
      ...new Array<null>(7).fill(null),
      positions[i]?.share ?? null,
      expectedShortfallOf(positions[i]?.without),
    ])
    return [whole, ...each]
  })
  return {
    columns: names.map((name) => ({ name, type: name === 'as_of' || name === 'holding' ? 'varchar' : 'double' })),
    rows: rows.map((row) => row.map((cell) => (cell === null || cell === undefined ? null : String(cell)))),
  }
}
