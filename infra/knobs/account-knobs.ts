/** Whose the stage is, and what an account asks of everything that is made in it. */
import { choice, list, optional, whole } from '../knob.ts'

const ROLE_OR_USER = /^arn:[\w-]+:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+)$/

export const ACCOUNT_KNOBS = {
  owner: optional({
    doc: 'Whose the stage is, as the tag `owner` of everything that takes tags; `app` and `stage` are tags in any case.',
    unit: 'name',
    cost: 'none',
    like: /^[\w .:/=+@-]{1,128}$/,
    takes: 'up to 128 letters, digits, spaces and . : / = + @ _ -',
  }),
  costCentre: optional({
    doc: 'Who pays for it, as the tag `cost-centre`.',
    unit: 'name',
    cost: 'none',
    like: /^[\w .:/=+@-]{1,128}$/,
    takes: 'up to 128 letters, digits, spaces and . : / = + @ _ -',
  }),
  permissionsBoundary: optional({
    doc: 'A managed policy that bounds every role of the stage, where the account asks for one.',
    unit: 'ARN',
    cost: 'none',
    like: /^arn:[\w-]+:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/,
    takes: "a managed policy's ARN like arn:aws:iam::123456789012:policy/boundary",
  }),
  budgetDollars: whole(
    {
      doc: 'What a month may cost: alarmEmail is told at 80 % spent, and when AWS expects more than all of it. 0 sets no budget.',
      unit: '$ a month',
      cost: 'none; budgets that only tell are free',
      min: 0,
      max: 10_000_000,
    },
    { local: 0, dev: 200, prod: 1500, byo: 300 },
  ),
  budgetOf: choice(
    {
      doc: 'What the budget counts: the whole account, or the stage by its tag, which sees nothing until the tag `stage` is activated for cost allocation (Billing console; a day later it counts).',
      unit: 'account or stage',
      cost: 'none',
      among: ['account', 'stage'],
    },
    { local: 'account', dev: 'account', prod: 'account', byo: 'account' },
  ),
  readers: list({
    doc: 'Who may take on the role of readers: queries of the tables by Athena and nothing else. Without any there is no such role.',
    unit: 'ARNs, comma between',
    cost: 'none; scanLimitMb bounds a query',
    like: ROLE_OR_USER,
    takes:
      'ARNs of roles, users or accounts like arn:aws:iam::123456789012:role/analysts, several with a comma between',
  }),
}
