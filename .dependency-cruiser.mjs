// The house's doors. Each rule says why, so that a red build teaches (after sverweij/dependency-cruiser's own rules).
const ROOMS = 'infra|lake|lambdas|localstack|cli|command|dashboard|packages'
/** Files of the lake that reach outside, by their names: SDKs, brokers, files, codecs. All others compute. */
const REACHING = [
  '/(?:s3|athena|kafkajs|kafka|node|duckdb)-[^/]+[.]ts$',
  '^lake/parquet/',
  '^lake/history/(?:history|yahoo)-[^/]+[.]ts$',
]
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
/** A room of the lake may see the rooms below it and the lake's own files. */
const floor = (room, below) =>
  forbid(`lake-${room}`, `lake/${room} stands on ${below.join(', ') || 'nothing but the lake’s own files'}.`,
    { path: `^lake/${room}/` },
    { path: '^lake/[^/]+/', pathNot: `^lake/(${[room, ...below].join('|')})/` })
const GROUND = ['store', 'tables']
export default {
  forbidden: [
    forbid('no-cycles', 'A cycle means two files are one; merge them or move the shared part down.',
      { path: `^(${ROOMS})/` }, { circular: true }),
    forbid('lake-looks-up-to-nobody', 'The lake is a library: it knows neither who runs it nor who asks it.',
      { path: '^lake/' }, { path: '^(infra|lambdas|localstack|cli|command|dashboard|test)/' }),
    forbid('lake-own-files-are-the-ground', 'What every room of the lake needs stands below all of them.',
      { path: '^lake/[^/]+[.]ts$' }, { path: '^lake/[^/]+/' }),
    floor('store', []),
    floor('tables', []),
    floor('records', ['tables']),
    floor('queries', GROUND),
    floor('kafka', ['records', ...GROUND]),
    floor('parquet', GROUND),
    floor('replay', ['kafka', 'records', ...GROUND]),
    floor('history', ['parquet', 'records', 'replay', ...GROUND]),
    floor('follow', ['history', 'parquet', 'records', 'replay', ...GROUND]),
    floor('fetch', ['follow', 'history', 'parquet', 'queries', 'records', ...GROUND]),
    floor('ledger', ['parquet', 'records', 'kafka', ...GROUND]),
    floor('iceberg', ['parquet', ...GROUND]),
    floor('compaction', ['iceberg', 'ledger', 'parquet', 'records', 'queries', ...GROUND]),
    forbid('forecast-is-pure', 'forecast computes on what it is given.',
      { path: '^lambdas/forecast/' }, { pathNot: '^lambdas/forecast/' }),
    forbid('step-sees-no-technology', 'A step takes its ports as arguments; only its *.lambda.ts picks adapters.',
      { path: '^lambdas/(?!forecast/)[^/]+/', pathNot: '[.]lambda[.]ts$' },
      { path: '^(node_modules/@aws-sdk/|node_modules/@platformatic/)', dependencyTypesNot: ['type-only'] }),
    forbid('steps-are-strangers', 'Steps meet through topics and tables, never through imports.',
      { path: '^lambdas/(?!forecast/)([^/]+)/' }, { path: '^lambdas/', pathNot: '^lambdas/($1|forecast)/' }),
    forbid('lambdas-look-up-to-nobody', 'Handlers run without knowing who deployed or booted them.',
      { path: '^lambdas/' }, { path: '^(infra|localstack|cli|command|dashboard|test)/' }),
    forbid('infra-sees-only-the-lake', 'infra names handlers by path and shares only the lake’s definitions; how its commands read their arguments is command.',
      { path: '^infra/' }, { path: '^(lambdas/|localstack/|cli/|dashboard/)' }),
    forbid('localstack-never-sees-infra', 'The local runtime deploys the app through the CDK CLI; it imports none of it.',
      { path: '^localstack/' }, { path: '^(infra|cli|dashboard)/' }),
    forbid('cli-is-for-people', 'A command of a person works on AWS and the laptop alike; it knows the lake and the shared endpoint, not the app that deploys them.',
      { path: '^cli/' }, { path: '^infra/' }),
    forbid('dashboard-reads-the-lake', 'The dashboard is given a lake to read; which one, and through what, its command decides.',
      { path: '^dashboard/' }, { path: '^(infra|lambdas|localstack|cli|command|test)/' }),
    forbid('page-runs-in-a-browser', 'The page knows what it and the server say to each other, and its charts; the lake it asks for over HTTP.',
      { path: '^dashboard/page/' }, { pathNot: '^(dashboard/page/|dashboard/(api|cloud-now)[.]ts$|node_modules/lightweight-charts/)' }),
    forbid('server-never-sees-the-page', 'The page is bundled, not run here.',
      { path: '^dashboard/(server/|api[.]ts$)' }, { path: '^dashboard/page/' }),
    forbid('command-knows-no-command', 'What every command does alike is below all of them: it knows the lake’s own files and node, nothing else.',
      { path: '^command/' }, { path: '^(infra|lambdas|lake/[^/]+|localstack|cli|dashboard|node_modules)/' }),
    forbid('packages-stand-alone', 'A package is for anyone: it knows nothing of the app beside it.',
      { path: '^packages/' }, { path: '^(infra|lake|lambdas|localstack|cli|command|dashboard|test)/' }),
    forbid('packages-by-their-door', 'What a package offers is in its index; its insides are its own.',
      { path: '^(infra|lake|lambdas|localstack|cli|command|dashboard)/' }, { path: '^packages/', pathNot: '^packages/[^/]+/src/index[.]ts$' }),
    forbid('nothing-imports-test', 'Factor it out of test/ if production needs it.',
      { path: `^(${ROOMS})/` }, { path: '^test/' }),
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' } },
}
