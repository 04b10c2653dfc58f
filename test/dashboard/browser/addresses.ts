/** The addresses of the dashboard, and what stands on a page whatever happens to it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Shown, THERE } from './shown.ts'

export function addressTests({ address, opened, show, startAnother }: Shown): void {
  test('says that the dashboard does not answer when it has ended', async () => {
    const short = await startAnother()
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${short.address}/stream`)
    await page.locator(THERE.stream).first().waitFor()
    await short.close()

    await page.getByRole('button', { name: /No answer. The dashboard does not answer any more/ }).waitFor()
    await page.locator('main .failed', { hasText: 'npm run dashboard' }).waitFor()
    await page.context().close()
  })

  test('says at an address that it does not have where one can go, and the links go there', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    const response = await page.goto(`${address}/markt?symbol=AAPL`)
    await page.getByText('The dashboard has no page at /markt.').waitFor()

    assert.equal(response?.status(), 404)
    assert.match(await page.title(), /^Not here/)
    assert.equal(await page.locator('nav [aria-current]').count(), 0)
    await page.locator('main').getByRole('link', { name: 'Market' }).click()
    await page.locator(THERE.market).first().waitFor()
    assert.equal(new URL(page.url()).pathname, '/market')
    await page.goBack()
    await page.getByText('The dashboard has no page at /markt.').waitFor()
    await page.context().close()
  })

  test('shows the worst misses of live forecasts, however many walk-forwards there are', async () => {
    const page = await opened({})
    await show(page, 'forecasts', '?kind=live')
    await page.getByRole('table', { name: 'Worst misses' }).locator('tbody tr:not(.spacer)').first().waitFor()
    await page.context().close()
  })

  test('skips to the page without opening it anew', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } })
    await show(page, 'query')
    await page.getByRole('textbox', { name: 'SQL' }).fill('SELECT 42')
    await page.getByRole('link', { name: 'Skip to the page' }).focus()
    await page.keyboard.press('Enter')

    assert.equal(await page.getByRole('textbox', { name: 'SQL' }).inputValue(), 'SELECT 42')
    assert.ok(await page.locator('main').evaluate((main) => main.matches(':focus')))
    await page.context().close()
  })
}
