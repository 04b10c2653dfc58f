/** The page Market in use. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diskLake } from '../../support/disk-lake.ts'
import { land, landed } from '../../support/lake-builder.ts'
import { until } from '../../support/until.ts'
import { type Shown, THERE } from './shown.ts'

export function marketTests({ address, opened, show, picture, startAnother }: Shown): void {
  test('keeps the order and the filter of the table behind the chart when the chart is drawn anew', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${address}/market?symbol=AAPL&view=table`)
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('searchbox', { name: 'Filter Bars of AAPL' }).fill('2000-')
    await page.getByRole('button', { name: 'As traded' }).click()
    await page.locator('.last', { hasText: '430.47' }).waitFor()

    const first = page.locator('table[aria-label="Bars of AAPL"] tbody tr:not(.spacer) td').first()
    assert.match((await first.textContent()) ?? '', /^2000-/)
    assert.equal(await page.getByRole('columnheader', { name: 'Close' }).getAttribute('aria-sort'), 'ascending')
    await page.context().close()
  })

  test('looks for what was typed before the list of symbols was there', async () => {
    const page = await opened({})
    const listed = Promise.withResolvers<void>()
    await page.route('**/api/symbols', async (route) => {
      await listed.promise
      await route.continue()
    })
    await show(page, 'market')

    await page.keyboard.press('/')
    await page.keyboard.type('ibm')
    await page.keyboard.press('Enter')
    await page.getByText('Reading which symbols the lake has').waitFor()
    listed.resolve()

    await page.getByRole('button', { name: /^IBM/ }).waitFor()
    await page.context().close()
  })

  test('keeps every key that is pressed while a symbol is read', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'market')
    const read = Promise.withResolvers<void>()
    await page.route('**/api/bars?symbol=IBM*', async (route) => {
      await read.promise
      await route.continue()
    })
    await page.keyboard.press('/')
    await page.getByRole('option', { name: /^AAPL/ }).waitFor()
    for (const key of ['i', 'b', 'm', 'Enter', ']', 't', 'l']) await page.keyboard.press(key)
    read.resolve()

    await page.getByRole('table', { name: 'Bars of IBM' }).waitFor()
    const { searchParams } = new URL(page.url())
    const chosen = ['symbol', 'range', 'view', 'scale'].map((name) => searchParams.get(name))
    assert.deepEqual(chosen, ['IBM', '5y', 'table', 'log'])
    await page.context().close()
  })

  test('shows the range that is chosen, on a phone too, whatever a bar is', async () => {
    const page = await opened({ viewport: { width: 360, height: 740 } })
    await page.goto(`${address}/market?symbol=AAPL&range=1m`)
    await page.locator(THERE.market).first().waitFor()
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    /** Waits for the days from the first bar that is seen to the last one of the symbol. */
    const isSeen = async (least: number, most: number): Promise<void> => {
      await until(`${least} to ${most} days in the chart`, async () => {
        const from = (await page.locator('.chart').getAttribute('data-from')) ?? ''
        const days = (Date.UTC(2013, 2, 1) - Date.parse(from)) / 86_400_000
        return days >= least && days <= most
      })
    }

    await isSeen(20, 35)
    await press('5Y')
    await isSeen(1_780, 1_830)
    await press('Week')
    await isSeen(1_780, 1_840)
    await press('6M')
    await isSeen(140, 190)
    await press('Day')
    await isSeen(140, 190)
    await page.context().close()
  })

  test('closes the search by its button, and by a press beside it', async () => {
    const page = await opened({ viewport: { width: 360, height: 740 } })
    await show(page, 'market')
    const search = page.getByRole('dialog', { name: 'Search a symbol' })
    for (const close of [
      () => search.getByRole('button', { name: 'Close' }).click(),
      () => page.mouse.click(180, 20),
    ]) {
      await page.getByRole('button', { name: /^AAPL/ }).click()
      await search.waitFor()
      await close()
      await search.waitFor({ state: 'detached' })
    }
    await page.context().close()
  })

  test('draws what has landed and is not compacted, the first bar as soon as it is there', async (t) => {
    const { lake, store, remove } = diskLake()
    const young = await startAnother(lake)
    t.after(remove)
    t.after(() => young.close())
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${young.address}/market`)
    await page.getByText('No bar has landed yet.').waitFor()
    const hour = { symbol: 'BTC-USD', interval: '1h', ts_event: Date.UTC(2013, 2, 1, 9) }
    await land(store, [landed({ kafka_offset: 0 }), landed({ kafka_offset: 1, ...hour })], 'first')

    await page.locator(THERE.market).first().waitFor()
    // Nothing is before it that it could be compared with.
    assert.equal(await page.locator('.last').textContent(), '10.50Mar 1, 2013')
    const steps = page.getByRole('group', { name: 'One bar is' })
    assert.ok(await steps.isVisible())
    await page.keyboard.press('j')
    await page.getByRole('button', { name: /^BTC-USD 1h/ }).waitFor()
    assert.ok(await steps.isHidden(), 'only days make weeks and months')
    await page.context().close()
  })

  test('goes from symbol to symbol by keys, and back again', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'market')
    await page.keyboard.press('j')
    await page.getByRole('button', { name: 'FB', exact: false }).first().waitFor()
    await page.waitForURL(/symbol=FB/)

    await page.goBack()
    await page.getByRole('button', { name: 'AAPL', exact: false }).first().waitFor()
    await page.waitForURL(/symbol=AAPL/)
    await page.context().close()
  })

  test('leaves nothing of a symbol beside the name of one that cannot be read', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${address}/market?symbol=AAPL&view=table`)
    await page.getByText(/^Forecast after/).waitFor()
    await page.route('**/api/bars?symbol=FB*', (route) => route.fulfill({ status: 502, json: { error: 'No bucket.' } }))
    await page.keyboard.press('j')
    await page.getByText('No bucket.').waitFor()

    assert.equal(await page.getByRole('table').count(), 0)
    assert.equal(await page.getByText(/Forecast after|Findings/).count(), 0)
    await page.context().close()
  })

  test('compares symbols as returns, within the page', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${address}/market?symbol=AAPL&with=IBM,MSFT`)
    await page.locator(THERE.market).first().waitFor()
    await picture(page, 'compare')
    await page.locator('.reading', { hasText: /IBM[\d., ]+[+−-]?[\d.]+%/ }).waitFor()
    await page.context().close()
  })

  test('compares with those that are there, and says which is not', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    const forecast = page.waitForResponse('**/api/forecast*')
    await page.goto(`${address}/market?symbol=AAPL&with=IBM,NOPE`)

    // What comes after the bars draws all once more.
    await forecast
    await page.waitForTimeout(200)
    await page.getByText('The lake has no bars of NOPE at 1d').waitFor()
    await page.locator('.reading', { hasText: 'IBM' }).waitFor()
    await page.context().close()
  })

  test('speaks the bar that the arrow keys lead to, part by part', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'market')
    await page.locator('.chart').focus()
    await page.keyboard.press('End')

    await page.getByText('Mar 1, 2013, O 57.12, H 57.14, L 56.07, C 56.14, -2.48%, Vol 19.7M').waitFor()
    await page.context().close()
  })
}
