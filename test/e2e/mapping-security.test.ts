import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Security, startMapping } from 'lambda-kafka-local'
import { freePortsFrom } from '../../localstack/engine/ports.ts'
import { type KafkaTopic, kafkaTopic } from '../support/kafka-topic.ts'
import { type SecuredBroker, securedBroker } from '../support/secured-broker.ts'
import { silentLog } from '../support/silent-log.ts'

let broker: SecuredBroker
let topic: KafkaTopic

before(async () => {
  broker = await securedBroker(await freePortsFrom(4))
  topic = await kafkaTopic(broker.plaintext)
  await topic.send([{ value: Buffer.from('{"shares":3}') }])
})
after(async () => {
  await topic?.close()
  await broker?.stop()
})

/** The values that a mapping's handler is given over this connection. */
async function valuesOver(address: string, security: Security): Promise<readonly string[]> {
  const values: string[] = []
  const mapping = { Topics: [topic.name], StartingPosition: 'TRIM_HORIZON', MaximumBatchingWindowInSeconds: 0 }
  await using esm = await startMapping({
    mapping,
    brokers: [address],
    security,
    log: silentLog,
    handler: (event) => {
      for (const records of Object.values(event.records))
        for (const { value } of records) values.push(Buffer.from(value ?? '', 'base64').toString())
    },
  })
  await esm.drained()
  return values
}

const login = ({ username, password, pems: { ca } }: SecuredBroker) => ({ username, password, ca })

describe('a broker that wants to know who calls', { concurrency: true }, () => {
  for (const kind of ['plain', 'scram-256', 'scram-512'] as const) {
    test(`is read over TLS after a login by ${kind}`, async () => {
      assert.deepEqual(await valuesOver(broker.sasl, { kind, ...login(broker) }), ['{"shares":3}'])
    })
  }

  test('refuses a wrong password, and the mapping does not start', async () => {
    await assert.rejects(valuesOver(broker.sasl, { kind: 'scram-512', ...login(broker), password: 'wrong' }))
  })

  test('is read over TLS with a certificate of the client', async () => {
    assert.deepEqual(await valuesOver(broker.tls, { kind: 'tls', ...broker.pems }), ['{"shares":3}'])
  })

  test('is not talked to where its authority is not known', async () => {
    await assert.rejects(valuesOver(broker.tls, { kind: 'tls' }))
  })
})
