import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OutgoingRecord, RecordSender } from '../../lake/kafka/kafkajs-sender.ts'

export interface LandedRecord {
  readonly partition: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: Readonly<Record<string, string>>
}

export interface SenderBench {
  readonly sender: RecordSender
  /** Everything in the topic, partition by partition in the order of its offsets. */
  readonly landed: () => Promise<readonly LandedRecord[]>
}

const textOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : new TextDecoder().decode(bytes))

/** What every sender must do. `makeBench` gives one over an empty topic of several partitions. */
export function recordSenderContract(name: string, makeBench: () => Promise<SenderBench>): void {
  const contract = (behaviour: string, check: (bench: SenderBench) => Promise<void>): void => {
    test(`record sender contract: ${name}: ${behaviour}`, async () => {
      const bench = await makeBench()
      try {
        await check(bench)
      } finally {
        await bench.sender.close()
      }
    })
  }

  contract('what was acknowledged is in the topic, byte for byte', async ({ sender, landed }) => {
    const raw = Uint8Array.of(0, 255, 128, 10)

    await sender.send([
      { key: 'AAPL', value: 'é "bar"', headers: { run: 'r1' } },
      { key: raw, value: raw },
      { key: null, value: null },
    ])

    const records = await landed()
    const found = records.find(({ key }) => textOf(key) === 'AAPL')
    assert.deepEqual([textOf(found?.value ?? null), found?.headers], ['é "bar"', { run: 'r1' }])
    const bytes = records.find(({ key }) => key?.[1] === 255)
    assert.deepEqual(Uint8Array.from(bytes?.value ?? []), raw)
    assert.equal(records.filter(({ key, value }) => key === null && value === null).length, 1)
  })

  contract('records of one key stay in one partition, in the order of their sending', async ({ sender, landed }) => {
    const symbols = ['AAPL', 'MSFT', 'GOOG', 'IBM', 'FB', 'BRK-B', '^GSPC']
    const batch = (from: number): OutgoingRecord[] =>
      Array.from({ length: 700 }, (_, i) => ({ key: symbols[i % symbols.length] ?? '', value: String(from + i) }))

    await sender.send(batch(0))
    await sender.send(batch(700))

    const records = await landed()
    assert.equal(records.length, 1_400)
    for (const symbol of symbols) {
      const own = records.filter(({ key }) => textOf(key) === symbol)
      assert.equal(new Set(own.map(({ partition }) => partition)).size, 1)
      const values = own.map(({ value }) => Number(textOf(value)))
      assert.deepEqual(
        values,
        values.toSorted((a, b) => a - b),
      )
    }
    assert.ok(new Set(records.map(({ partition }) => partition)).size > 1)
  })

  contract('a batch of any size is taken whole', async ({ sender, landed }) => {
    const value = JSON.stringify({ filler: Math.random().toString(36).repeat(20) })
    const records = Array.from({ length: 12_000 }, (_, i) => ({ key: 'one-partition', value: `${i} ${value}` }))

    await sender.send(records)
    await sender.send([])

    assert.equal((await landed()).length, 12_000)
  })

  contract('a sender that was closed opens again when it is needed', async ({ sender, landed }) => {
    await sender.send([{ key: 'a', value: '1' }])
    await sender.close()
    await sender.send([{ key: 'a', value: '2' }])

    assert.deepEqual(
      (await landed()).map(({ value }) => textOf(value)),
      ['1', '2'],
    )
  })
}
