// The house's doors. Each rule says why, so that a red build teaches (after sverweij/dependency-cruiser's own rules).
const PURE = 'core|forecast'
const SHARED = `${PURE}|ports|adapters`
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
export default {
  forbidden: [
    forbid('no-cycles', 'A cycle means two files are one; merge them or move the shared part down.',
      { path: '^(infra|lambdas|localstack|cli|command)/' }, { circular: true }),
    forbid('core-is-pure', 'core and forecast compute; they import nothing but themselves: no node:*, no npm, no ports.',
      { path: `^lambdas/(${PURE})/` }, { pathNot: `^lambdas/(${PURE})/` }),
    forbid('ports-are-types-over-core', 'A port names what a stage needs; it knows no technology.',
      { path: '^lambdas/ports/' }, { pathNot: '^lambdas/(core|ports)/' }),
    forbid('stage-sees-ports-not-technology', 'A stage takes its ports as arguments; only its *.lambda.ts picks adapters.',
      { path: `^lambdas/(?!(?:${SHARED})/)[^/]+/`, pathNot: '[.]lambda[.]ts$' },
      { path: '^(lambdas/adapters/|node_modules/@aws-sdk/|node_modules/@platformatic/)', dependencyTypesNot: ['type-only'] }),
    forbid('stages-are-strangers', 'Stages meet through topics and tables, never through imports.',
      { path: `^lambdas/(?!(?:${SHARED})/)([^/]+)/` }, { path: '^lambdas/', pathNot: `^lambdas/($1|${SHARED})/` }),
    forbid('lambdas-look-up-to-nobody', 'Handlers run without knowing who deployed or booted them.',
      { path: '^lambdas/' }, { path: '^(infra|localstack|cli|command|test)/' }),
    forbid('infra-sees-only-core', 'infra names handlers by path and shares only table and topic definitions; how its commands read their arguments is command.',
      { path: '^infra/' }, { path: '^(lambdas/(?!core/)|localstack/|cli/)' }),
    forbid('localstack-never-sees-infra', 'The local runtime deploys the app through the CDK CLI; it imports none of it.',
      { path: '^localstack/' }, { path: '^(infra|cli)/' }),
    forbid('cli-is-for-people', 'A command of a person works on AWS and the laptop alike; it knows lambdas and the shared endpoint, not the app that deploys them.',
      { path: '^cli/' }, { path: '^infra/' }),
    forbid('command-knows-no-command', 'What every command does alike is below all of them: it knows core’s errors and node, nothing else.',
      { path: '^command/' }, { path: '^(infra|lambdas/(?!core/)|localstack|cli|node_modules)/' }),
    forbid('nothing-imports-test', 'Factor it out of test/ if production needs it.',
      { path: '^(infra|lambdas|localstack|cli|command)/' }, { path: '^test/' }),
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' } },
}
