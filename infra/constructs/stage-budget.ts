import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import { Construct } from 'constructs'
import type { Stage } from '../stage.ts'

export interface StageBudgetProps {
  readonly stage: Stage
  /** Who is told. */
  readonly address: string
}

/** Of the month's money: enough left to act on. */
const SPENT_PERCENT = 80
const EXPECTED_PERCENT = 100

/** Mails when a month has cost most of what it may, or is expected to cost more. It stops nothing. */
export class StageBudget extends Construct {
  constructor(scope: Construct, id: string, { stage, address }: StageBudgetProps) {
    super(scope, id)
    const subscribers = [{ subscriptionType: 'EMAIL', address }]
    const above = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
      subscribers,
    })
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: stage.budgetDollars, unit: 'USD' },
        ...(stage.budgetOf === 'stage' ? { costFilters: { TagKeyValue: [`user:stage$${stage.name}`] } } : {}),
      },
      notificationsWithSubscribers: [above('ACTUAL', SPENT_PERCENT), above('FORECASTED', EXPECTED_PERCENT)],
    })
  }
}
