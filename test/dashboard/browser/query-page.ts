/** The page Query in use. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Shown } from './shown.ts'

const MANY_ROWS = 100_000

export function queryTests({ address, opened, show }: Shown): void {
  test('draws negative numbers of an answer below nought, and no chart of nothing', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    const troubles: string[] = []
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
    const sql =
      "SELECT * FROM (VALUES (CAST(NULL AS varchar), 'a', 2e0, CAST(NULL AS double)), (NULL, 'b', -3e0, NULL), (NULL, 'c', nan(), NULL)) AS t (nobody, name, moved, none)"
    await page.goto(`${address}/query?sql=${encodeURIComponent(sql)}`)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByRole('img', { name: 'moved by name' }).waitFor()

    const options = await page.getByLabel('Value').locator('option').allTextContents()
    const bars = await page.getByRole('img', { name: 'moved by name' }).locator('rect').count()
    assert.deepEqual([options, bars, troubles], [['moved'], 2, []])
    await page.context().close()
  })

  test('draws the bars of a symbol over their time, whatever column stands first', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${address}/query?sql=${encodeURIComponent("SELECT * FROM bars WHERE symbol = 'IBM'")}`)
    await page.getByRole('button', { name: 'Run' }).click()

    await page.getByRole('img', { name: 'open by ts_event' }).waitFor()
    await page.context().close()
  })

  test('scrolls through a hundred thousand rows with a screenful in the document, and gives all of them as CSV', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 }, acceptDownloads: true })
    await show(page, 'query')
    const rows = `SELECT x * 400 + y AS n FROM UNNEST(sequence(0, 249)) AS a (x) CROSS JOIN UNNEST(sequence(0, 399)) AS b (y) ORDER BY 1`
    await page.getByRole('textbox', { name: 'SQL' }).fill(rows)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByText(/100,000 rows in/).waitFor()

    const table = page.locator('table[aria-label=Answer]')
    const inDocument = await table.locator('tbody tr:not(.spacer)').count()
    await page
      .locator('[aria-label="Answer, scrolls"]')
      .evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight))
    await table
      .getByText(`${MANY_ROWS - 1}`, { exact: true })
      .or(table.getByText('99,999', { exact: true }))
      .first()
      .waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ])
    const csv = readFileSync(await download.path(), 'utf8')
      .trim()
      .split(/\r?\n/)

    assert.ok(inDocument < 200, `${inDocument} rows in the document`)
    assert.deepEqual([csv.length, csv[0], csv.at(-1)], [MANY_ROWS + 1, 'n', `${MANY_ROWS - 1}`])
    await page.context().close()
  })

  test('completes the names of tables and columns by keys', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'query')
    const field = page.getByRole('textbox', { name: 'SQL' })
    await field.fill('SELECT * FROM bars_lan')
    await page.keyboard.press('Control+Space')
    await page.getByRole('listbox', { name: 'Names' }).waitFor()
    await page.keyboard.press('Tab')

    assert.match(await field.inputValue(), /FROM bars_landing/)
    await page.context().close()
  })

  test('leaves Run in reach while names are offered', async () => {
    for (const width of [320, 1280]) {
      const page = await opened({ viewport: { width, height: 900 } })
      await show(page, 'query')
      await page.getByRole('textbox', { name: 'SQL' }).fill('SELECT count(*) FROM bars')
      await page.getByRole('listbox', { name: 'Names' }).waitFor()
      await page.getByRole('button', { name: 'Run' }).click()

      await page.getByText(/^1 row in/).waitFor()
      await page.context().close()
    }
  })

  test('has a very long statement again after it was loaded again', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'query')
    const long = `SELECT 1 -- ${'é'.repeat(60_000)}`
    await page.getByRole('textbox', { name: 'SQL' }).fill(long)
    await page.keyboard.press('Control+Enter')
    await page.getByText(/^1 row in/).waitFor()
    await page.reload()

    assert.equal(await page.getByRole('textbox', { name: 'SQL' }).inputValue(), long)
    await page.context().close()
  })

  test('runs a saved query from its parameter, and has what was typed in its SQL when that is edited', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'query', '?saved=daily-returns')
    await page.getByRole('textbox', { name: /^symbol/ }).fill('IBM')
    await page.keyboard.press('Enter')
    await page.getByText(/rows in/).waitFor()
    await page.waitForURL(/p\.symbol=IBM/)

    await page.getByRole('textbox', { name: /^since/ }).fill('2013-02')
    await page.getByRole('button', { name: 'Edit as SQL' }).click()
    await page.waitForURL(({ search }) => search === '')
    assert.equal(await page.getByLabel('Saved query').inputValue(), '')
    const sql = await page.getByRole('textbox', { name: 'SQL' }).inputValue()
    assert.match(sql, /symbol = \/\* symbol \*\/ 'IBM'.*month >= \/\* since \*\/ '2013-02'/s)
    await page.context().close()
  })

  test('ends a query that is cancelled, and says so', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'query')
    const slow = `SELECT count(*) FROM UNNEST(sequence(1, 9000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 9000)) AS b (y) CROSS JOIN UNNEST(sequence(1, 9000)) AS c (z) WHERE x * y = z + 1`
    await page.getByRole('textbox', { name: 'SQL' }).fill(slow)
    await page.getByRole('button', { name: 'Run' }).click()
    await page.waitForTimeout(300)
    await page.getByRole('button', { name: 'Cancel' }).click()

    await page.getByText('Cancelled: the query was ended where it ran.').waitFor()
    await page.context().close()
  })
}
