import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline/promises'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { runCommand } from '../command/command.ts'
import { needed } from '../command/option-values.ts'
import { UsageError } from '../lake/errors.ts'

const HELP = `
Deploys a stage: shows what would change, asks, and deploys.

  npm run deploy -- --stage dev
  npm run deploy -- --stage byo -c clusterArn=arn:aws:kafka:… -c landingDays=60
  npm run deploy -- --stage prod --diff            only shows what would change

Options
  --stage NAME        dev, prod, byo or local (needed)
  -c, --context K=V   turns a knob; docs/deploy.md lists them; may be given several times
  --diff              show the changes and stop
  --yes               deploy without asking

It goes to the account and region of your AWS environment (AWS_PROFILE, AWS_REGION), which must be bootstrapped for CDK.
`

await runCommand({
  help: HELP,
  options: {
    stage: { type: 'string' },
    context: { type: 'string', short: 'c', multiple: true },
    diff: { type: 'boolean' },
    yes: { type: 'boolean' },
  },
  async run({ values }, interrupted) {
    const signal = interrupted()
    const stage = needed(values.stage, '--stage NAME')
    const context = [`stage=${stage}`, ...(values.context ?? [])].flatMap((each) => ['-c', each])

    await checkAccount()
    const code = await cdk(['diff', ...context], signal)
    if (code !== 0 || values.diff) return code
    if (!values.yes && !(await agreed(stage, signal))) {
      process.stderr.write('Nothing was deployed.\n')
      return 1
    }
    // The changes of rights were part of the diff; asking for each stack again would add nothing.
    return cdk(['deploy', '--all', '--require-approval', 'never', ...context], signal)
  },
})

/** Asked before anything is bundled: cdk would say it half a minute later, and not what to do about it. */
async function checkAccount(): Promise<void> {
  const { config } = new CloudFormationClient({})
  await config.region()
  await config.credentials()
}

async function agreed(stage: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UsageError('Nobody is there to agree to the changes: give --yes to deploy without asking.')
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question(`Deploy these changes to ${stage}? [y/N] `, { signal })
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}

function cdk(args: readonly string[], signal: AbortSignal): Promise<number> {
  const child = spawn('node_modules/.bin/cdk', args, { stdio: 'inherit', signal })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
