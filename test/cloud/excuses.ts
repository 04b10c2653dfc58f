/** What checkov finds in the templates and we keep: one finding, the resources that it is excused for, and why. */
export interface Excuse {
  readonly check: string
  readonly why: string
  /** Logical ids without CDK's hash. */
  readonly resources: readonly string[]
}

const PIPELINE_FUNCTIONS = [
  'ProducerFunction',
  'ConsumerFunction',
  'CurationPlanFunction',
  'CurationCompactFunction',
  'CurationCommitFunction',
  'CurationForecastFunction',
]
const FETCHER = 'FetcherFetchFunction'
const TOPIC_FUNCTIONS = ['TopicKeeperFunction', 'TopicProviderframeworkonEvent']
const BOOTSTRAP_FUNCTIONS = ['BootstrapAskerFunction', 'BootstrapProviderframeworkonEvent']

export const EXCUSES: readonly Excuse[] = [
  {
    check: 'CKV_AWS_111',
    why: 'The only write on * is making network interfaces, which EC2 allows for no single resource.',
    resources: ['ConsumerRoleDefaultPolicy', 'ProducerRoleDefaultPolicy', 'TopicKeeperRoleDefaultPolicy'],
  },
  {
    check: 'CKV_AWS_115',
    why: 'Reserving is a knob (reservedConcurrency): a new account has too little to reserve any. Prod reserves.',
    resources: ['ProducerFunction', 'ConsumerFunction'],
  },
  {
    check: 'CKV_AWS_115',
    why: 'The state machine bounds how many run side by side.',
    resources: [
      'CurationPlanFunction',
      'CurationCompactFunction',
      'CurationCommitFunction',
      'CurationForecastFunction',
    ],
  },
  {
    check: 'CKV_AWS_115',
    why: 'Started by its schedule alone; of two runs at once one alone replaces the state that they share.',
    resources: [FETCHER],
  },
  {
    check: 'CKV_AWS_115',
    why: 'Run by a deployment, one at a time.',
    resources: [...TOPIC_FUNCTIONS, ...BOOTSTRAP_FUNCTIONS],
  },
  {
    check: 'CKV_AWS_116',
    why: 'No asynchronous events to lose: a lost minute is caught up by the next, the mapping has its own destination, a state machine tries again.',
    resources: [...PIPELINE_FUNCTIONS, FETCHER],
  },
  {
    check: 'CKV_AWS_116',
    why: 'A failure goes back to CloudFormation, which waits for it.',
    resources: [...TOPIC_FUNCTIONS, ...BOOTSTRAP_FUNCTIONS],
  },
  {
    check: 'CKV_AWS_117',
    why: 'Speaks to S3 alone, by IAM over TLS; in a network it would need an endpoint and gain nothing.',
    resources: PIPELINE_FUNCTIONS.filter((id) => id !== 'ProducerFunction'),
  },
  {
    check: 'CKV_AWS_117',
    why: 'Asks Yahoo Finance, which a network without a way out does not reach.',
    resources: [FETCHER],
  },
  {
    check: 'CKV_AWS_117',
    why: 'In the local stage the broker stands beside it.',
    resources: ['ProducerFunction'],
  },
  {
    check: 'CKV_AWS_117',
    why: "Calls AWS's APIs, which the network without a way out does not reach.",
    resources: ['TopicProviderframeworkonEvent', ...BOOTSTRAP_FUNCTIONS],
  },
  {
    check: 'CKV_AWS_158',
    why: 'Logs hold counts, keys and reasons, no bars and no secrets; CloudWatch encrypts them with its own key.',
    resources: [
      'ProducerLogs',
      'ConsumerLogs',
      'FetcherFetchLogs',
      'CurationPlanLogs',
      'CurationCompactLogs',
      'CurationCommitLogs',
      'CurationForecastLogs',
      'CurationLogs',
      'TopicKeeperLogs',
      'BootstrapAskerLogs',
      'KafkaLogs',
      'NetworkRejected',
    ],
  },
  {
    check: 'CKV_AWS_173',
    why: 'The environment holds names and ARNs, no secret.',
    resources: [...PIPELINE_FUNCTIONS, FETCHER, ...TOPIC_FUNCTIONS, ...BOOTSTRAP_FUNCTIONS],
  },
  {
    check: 'CKV_AWS_18',
    why: 'Off by the knob accessLogs in small stages, on in prod; the log bucket does not log itself.',
    resources: ['LakeBucket', 'LakeAccessLogs'],
  },
  {
    check: 'CKV_AWS_21',
    why: 'Logs are written once and expire; there is no older version to go back to.',
    resources: ['LakeAccessLogs'],
  },
  {
    check: 'CKV_AWS_26',
    why: 'A message says which alarm rang; a key of its own for that would cost more than the alarms.',
    resources: ['Mail'],
  },
]
