import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { agreed } from '../command/agreed.ts'
import { runCommand } from '../command/command.ts'
import { needed } from '../command/option-values.ts'
import { progressOn, say } from '../command/progress.ts'
import { TickerlakeError } from '../lake/errors.ts'
import { failuresText, makeBars, outputsText, tellOfCluster } from './deploy/after.ts'
import { readAssembly } from './deploy/assembly.ts'
import { takeAssemblyFolder } from './deploy/assembly-folder.ts'
import { awsFacts } from './deploy/aws-facts.ts'
import { cdk } from './deploy/cdk.ts'
import { adopts, findings, type Planned } from './deploy/preflight.ts'
import { wantsOf } from './deploy/wants.ts'
import type { ClientConfig } from './lake/target.ts'

const HELP = `
Deploys a stage: looks whether the account lets it, shows what would change, asks, and deploys.

  npm run deploy -- --stage dev
  npm run deploy -- --stage byo -c clusterArn=arn:aws:kafka:… -c landingDays=60
  npm run deploy -- --stage prod --diff            only looks, and shows what would change

Options
  --stage NAME        dev, prod, byo or local (needed)
  -c, --context K=V   turns a knob; docs/deploy.md lists them; may be given several times
  --diff              look, show the changes and stop
  --yes               deploy without asking
  --skip-checks       deploy although a check says that it will fail
  --app DIR           deploy the templates of this folder, as npm run synth has made them, instead of making them

It goes to the account and region of your AWS environment (AWS_PROFILE, AWS_REGION), which must be bootstrapped for CDK.
What is looked at, and why: docs/deploy.md, "What AWS enforces".
`

/** Emulators have no bucket host names. */
const CLIENTS: ClientConfig = process.env['AWS_ENDPOINT_URL'] ? { forcePathStyle: true } : {}

/** CloudFormation's clock may go behind ours. */
const CLOCK_SKEW_MS = 60_000

await runCommand({
  help: HELP,
  options: {
    stage: { type: 'string' },
    context: { type: 'string', short: 'c', multiple: true },
    diff: { type: 'boolean' },
    yes: { type: 'boolean' },
    'skip-checks': { type: 'boolean' },
    app: { type: 'string' },
  },
  async run({ values }, interrupted) {
    const signal = interrupted()
    const stage = needed(values.stage, '--stage NAME')
    const cloudFormation = new CloudFormationClient(CLIENTS)
    await checkAccount(cloudFormation, stage)
    const how = {
      skipChecks: values['skip-checks'] === true,
      diff: values.diff === true,
      yes: values.yes === true,
      cloudFormation,
      signal,
    }
    if (values.app !== undefined) return goOn(stage, values.app, how)
    const folder = takeAssemblyFolder('.local/deploy', stage)
    try {
      const isMade = await synth(stage, folder.path, { knobs: values.context ?? [], signal })
      return isMade ? await goOn(stage, folder.path, how) : 1
    } finally {
      folder.release()
    }
  },
})

interface Way {
  readonly skipChecks: boolean
  readonly diff: boolean
  readonly yes: boolean
  readonly cloudFormation: CloudFormationClient
  readonly signal: AbortSignal
}

/** From the templates on. Gives the exit code. */
async function goOn(stage: string, app: string, { skipChecks, diff, yes, ...way }: Way): Promise<number> {
  const stacks = readAssembly(app)
  const planned: Planned = { stage, stacks, wants: wantsOf(stacks) }
  const { adopt } = await look(planned, skipChecks)

  const code = await cdk(['diff', '--app', app], way.signal)
  if (code !== 0 || diff) return code
  if (!yes && !(await agreed(`Deploy these changes to ${stage}?`, way.signal))) {
    say('Nothing was deployed.')
    return 1
  }
  return deploy(planned, { app, adopt, ...way })
}

/** Asked before anything is bundled: cdk would say it half a minute later, and not what to do about it. */
async function checkAccount({ config }: CloudFormationClient, stage: string): Promise<void> {
  const region = await config.region()
  await config.credentials()
  const where = process.env['AWS_ENDPOINT_URL'] ?? 'AWS'
  say(`Stage ${stage}, ${region}, ${where}.`)
}

/** Makes the templates, once for the checks, the diff and the deployment; false where a knob was refused. */
async function synth(
  stage: string,
  folder: string,
  { knobs, signal }: { readonly knobs: readonly string[]; readonly signal: AbortSignal },
): Promise<boolean> {
  const context = [`stage=${stage}`, ...knobs].flatMap((each) => ['-c', each])
  return (await cdk(['synth', '--quiet', '--output', folder, ...context], signal)) === 0
}

async function look(planned: Planned, anyway: boolean): Promise<{ readonly adopt: boolean }> {
  const facts = await awsFacts(planned, CLIENTS)
  const found = findings(planned, facts)
  for (const { said } of found) say(said)
  const stops = found.filter(({ kind }) => kind === 'stop').length
  if (stops > 0 && !anyway) {
    const what = stops === 1 ? 'This deployment would fail' : `This deployment would fail for ${stops} reasons`
    throw new TickerlakeError('preflight', `${what}; nothing was deployed. --skip-checks tries all the same.`)
  }
  const adopt = adopts(planned, facts)
  if (adopt) say(`The bucket ${planned.wants.lake.bucket} is there: the stage goes on with it.`)
  return { adopt }
}

interface Deploying {
  readonly app: string
  readonly adopt: boolean
  readonly cloudFormation: CloudFormationClient
  readonly signal: AbortSignal
}

async function deploy({ stage, stacks }: Planned, { app, adopt, cloudFormation, signal }: Deploying): Promise<number> {
  const since = new Date(Date.now() - CLOCK_SKEW_MS)
  const names = stacks.map(({ name }) => name)
  const clock = tellOfCluster(cloudFormation, stacks)
  // The changes of rights were part of the diff; asking for each stack again would add nothing.
  const how = ['--all', '--require-approval', 'never', '--progress', 'events']
  const code = await cdk(['deploy', '--app', app, ...how, ...(adopt ? ['--import-existing-resources'] : [])], signal)
  clock.stop()
  if (code !== 0) {
    say(await failuresText(cloudFormation, names, since))
    return code
  }
  process.stdout.write(`${await outputsText(cloudFormation, names)}\n`)
  const progress = progressOn(process.stderr)
  const tell = (seconds: number) => progress.doing(`Making the table bars by a first compaction: ${seconds} s …`)
  await makeBars(stage, CLIENTS, { signal, tell })
  say(`First query: npm run query -- --stage ${stage} "SELECT count(*) AS records FROM bars_landing"`)
  return 0
}
