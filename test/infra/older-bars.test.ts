import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { templatesOf } from '../support/synth.ts'

/** The resource of the release before Iceberg, out of its golden template: never to be written again. */
const OLDER = JSON.parse(readFileSync(join(import.meta.dirname, 'older-bars.json'), 'utf8'))

for (const barsFromMonth of ['1962-01', '2020-01']) {
  test(`the template has bars word for word as the release before Iceberg, with barsFromMonth ${barsFromMonth}`, () => {
    const lake = templatesOf({ stage: 'prod', barsFromMonth })('lake').toJSON()

    // Anything else here would set the Iceberg table of a deployed stage back to a folder, or take it away.
    const { BarsTableCE20DF19: bars } = lake['Resources']
    assert.deepEqual(bars, {
      Type: 'AWS::Glue::Table',
      Properties: OLDER,
      DependsOn: ['Database'],
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    })
  })
}
