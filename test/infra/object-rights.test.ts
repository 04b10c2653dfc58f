/** The stages at work on a bucket, held against what their roles may do there in the templates: enough, and no more. */

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { EXAMPLES } from '../../infra/examples.ts'
import { DAY_MS } from '../../lake/instant.ts'
import { land as landBatch } from '../../lake/ledger/land.ts'
import type { PutOutcome } from '../../lake/store/object-store.ts'
import { commit } from '../../lambdas/compactor/commit.ts'
import { plan } from '../../lambdas/compactor/plan.ts'
import { runTask } from '../../lambdas/compactor/task.ts'
import { forecast } from '../../lambdas/forecaster/forecaster.ts'
import { compactionOn, lakeOn } from '../support/compaction.ts'
import { aFetcher } from '../support/fetching.ts'
import { batchOf, encoder, landDeps } from '../support/lake.ts'
import { land, landed, putLedger } from '../support/lake-builder.ts'
import { MemoryObjectStore, type StoreVerb } from '../support/memory-object-store.ts'
import { aProducer, byHand, dailyRows } from '../support/replays.ts'
import { templatesOf } from '../support/synth.ts'
import { walks, weekday } from '../support/walk.ts'
import { NEW_YORK } from '../support/yahoo-stand-in.ts'

const ACTIONS: Readonly<Record<StoreVerb, string>> = {
  get: 's3:GetObject',
  head: 's3:GetObject',
  getRange: 's3:GetObject',
  put: 's3:PutObject',
  delete: 's3:DeleteObject',
  list: 's3:ListBucket',
}
/** By the name that each role's policy begins with. */
const ACTORS = [
  'FetcherFetch',
  'Producer',
  'Consumer',
  'CurationPlan',
  'CurationCompact',
  'CurationCommit',
  'CurationForecast',
] as const
type Actor = (typeof ACTORS)[number]

const NOW = Date.UTC(2026, 10, 22, 12)
const touched = new Set<string>()
let actor: Actor | undefined

/** What the one at work asks of the bucket is written down; what prepares a lake is nobody's. */
const unconditional = new Set<string>()

class WatchedStore extends MemoryObjectStore {
  override async put(...[key, body, options]: Parameters<MemoryObjectStore['put']>): Promise<PutOutcome> {
    if (actor && !options?.condition) unconditional.add(key)
    return super.put(key, body, options)
  }
}

function watchedStore(): MemoryObjectStore {
  const write = (verb: StoreVerb, key: string) => {
    const action = ACTIONS[verb]
    if (actor) touched.add(`${actor} ${action}${action === 's3:ListBucket' ? '' : ` ${key}`}`)
  }
  return new WatchedStore({ before: write })
}

async function as<T>(who: Actor, work: () => Promise<T>): Promise<T> {
  actor = who
  try {
    return await work()
  } finally {
    actor = undefined
  }
}

async function fetchTwice(): Promise<void> {
  const store = watchedStore()
  const actions = ['2026-11-10', '2026-11-25'].map((day) => ({ day, kind: 'dividend', amount: 1 }) as const)
  const symbols = [{ ...NEW_YORK, symbol: 'AAPL', first: '2026-11-02', actions }]
  const fetching = aFetcher({ symbols, start: Date.UTC(2026, 10, 24, 22), store })
  await as('FetcherFetch', () => fetching.run())
  fetching.clock.advance(DAY_MS)
  await as('FetcherFetch', () => fetching.run())
}

async function replay(): Promise<void> {
  const producer = aProducer({ store: watchedStore() })
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 5))
  await as('Producer', () => producer.scheduled())
  await as('Producer', () => producer.invoke(byHand()))
}

/** Twice from cold: the second container asks what became of the first one's claim. */
async function consumeTwice(): Promise<void> {
  const store = watchedStore()
  for (const offsets of [
    [0, 1],
    [2, 3],
  ])
    await as('Consumer', () => landBatch(batchOf(...offsets), landDeps(store)))
}

async function compact(): Promise<void> {
  const store = watchedStore()
  // Each commit expires the one before, and landed files go after a day, so that what is removed is seen too.
  const short = { retention: { snapshotDays: 0, keepLast: 1 }, landingDays: 1 }
  const depsAfter = (days: number) => ({ ...compactionOn(store, NOW + days * DAY_MS), ...short })
  const rows = walks(2, 300).map(({ day, adjClose, ...bar }, i) =>
    landed({ ...bar, adj_close: adjClose, ts_event: day * DAY_MS, kafka_offset: i }),
  )
  const key = await land(store, rows, 'last')
  const claim = { kind: 'next', id: 'last', key, offsets: [[0, rows.length - 1]], maxTimestamp: 7, ahead: [] } as const
  await putLedger(store, { next: 0, claim })

  for (const days of [1, 2]) {
    const deps = depsAfter(days)
    const planned = await as('CurationPlan', () => plan(deps))
    for (const task of planned.tasks) await as('CurationCompact', () => runTask(task, deps))
    await as('CurationCommit', () => commit(planned, deps))
    await land(store, [landed({ symbol: 'LATE', ts_event: weekday(3) * DAY_MS, kafka_offset: rows.length })], 'late')
  }
  for (const asOf of [weekday(290), undefined]) {
    await as('CurationForecast', () =>
      forecast({ asOf, refit: false }, { ...depsAfter(2), encoder, store: lakeOn(store) }),
    )
  }
}

interface Granted {
  readonly actor: string
  readonly action: string
  /** The prefix of the keys; empty for the bucket itself. */
  readonly prefix: string
}

function granted(): readonly Granted[] {
  const policies = Object.values(templatesOf(EXAMPLES.prod)('pipeline').findResources('AWS::IAM::Policy'))
  return policies.flatMap(({ Properties }) => {
    const who = ACTORS.find((each) => Properties.PolicyName.startsWith(`${each}Role`))
    const statements: readonly { readonly Action: unknown; readonly Resource: unknown }[] =
      Properties.PolicyDocument.Statement
    return statements.flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action) =>
          [Resource]
            .flat()
            .map((resource) => ({ actor: String(who), action: String(action), prefix: prefixOf(resource) })),
        ),
    )
  })
}

/** `{"Fn::Join":["",[<the bucket>,"/ledger/*"]]}` → `ledger/`. */
function prefixOf(resource: unknown): string {
  const parts: readonly unknown[] = (resource as { 'Fn::Join'?: [string, unknown[]] })?.['Fn::Join']?.[1] ?? []
  return String(parts.at(-1) ?? '').replace(/^\/|\*$/g, '')
}

/** Batches that Lambda gives up. */
const OF_LAMBDA = ['Consumer s3:PutObject aws/lambda/']

describe('the roles of the functions, on the lake', () => {
  const rights = granted().filter(({ action }) => action.startsWith('s3:'))

  before(async () => {
    await fetchTwice()
    await replay()
    await consumeTwice()
    await compact()
  })

  test('may do everything that the functions do', () => {
    const covers = (each: string) => {
      const [who, action, key = ''] = each.split(' ')
      return rights.some((right) => right.actor === who && right.action === action && key.startsWith(right.prefix))
    }

    assert.deepEqual(new Set([...touched].map((each) => each.split(' ')[0])), new Set(ACTORS))
    assert.deepEqual(
      [...touched].filter((each) => !covers(each)),
      [],
    )
  })

  test('write without a condition nothing that the bucket takes only with one', () => {
    const policies = Object.values(templatesOf(EXAMPLES.prod)('lake').findResources('AWS::S3::BucketPolicy'))
    const conditional = policies
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Condition }) => Condition?.Null?.['s3:if-none-match'])
      .map(({ Resource }) => prefixOf(Resource))

    assert.deepEqual(conditional, ['landing/bars/', 'ledger/'])
    assert.ok([...touched].some((each) => each.includes('s3:PutObject landing/bars/')))
    assert.deepEqual(
      [...unconditional].filter((key) => conditional.some((prefix) => key.startsWith(prefix))),
      [],
    )
  })

  test('may do nothing that no function does, but what Lambda itself does with a role', () => {
    const isUsed = ({ actor: who, action, prefix }: Granted) =>
      [...touched].some((each) => each.startsWith([who, action, prefix].filter(Boolean).join(' ')))
    // Listing comes with reading: without it S3 would not say that nothing is there.
    const unused = rights.filter((right) => right.action !== 's3:ListBucket' && !isUsed(right))

    assert.deepEqual(
      [...new Set(unused.map((right) => [right.actor, right.action, right.prefix].join(' ')))],
      OF_LAMBDA,
    )
  })
})
