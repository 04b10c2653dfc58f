/** The page on screens of every size, and for people who see it otherwise. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PAGE_NAMES } from '../../../dashboard/api.ts'
import { until } from '../../support/until.ts'
import type { Shown } from './shown.ts'

export function screenTests({ address, opened, show, picture }: Shown): void {
  // 320 pixels are 1280 at a zoom of 400 %.
  for (const [width, height] of [
    [320, 256],
    [360, 740],
    [768, 1024],
    [3840, 2160],
  ] as const) {
    test(`fits ${width} pixels: no page scrolls sideways`, async () => {
      const page = await opened({ viewport: { width, height } })
      for (const name of PAGE_NAMES) {
        await show(page, name)
        await picture(page, `${name}-${width}`)

        const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        assert.ok(Number(wide) <= 0, `${name} is ${wide} pixels too wide`)
      }
      await page.context().close()
    })
  }

  test('fits a phone with letters of twice the size, and tables scroll by whole lines of them', async () => {
    const page = await opened({ viewport: { width: 360, height: 740 }, bypassCSP: true })
    const letters = { content: 'html { font-size: 200% !important; }' }
    for (const name of PAGE_NAMES) {
      await show(page, name, name === 'query' ? '?saved=daily-returns' : '')
      await page.addStyleTag(letters)
      await picture(page, `${name}-text-200`)

      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      assert.ok(Number(wide) <= 0, `${name} is ${wide} pixels too wide`)
    }
    await page.goto(`${address}/market?symbol=AAPL&view=table`)
    const row = page.locator('table[aria-label="Bars of AAPL"] tbody tr:not(.spacer)').first()
    await row.waitFor()
    await page.addStyleTag(letters)
    assert.equal(await row.evaluate((line) => line.getBoundingClientRect().height), 56)
    await page.context().close()
  })

  test('leaves the focus and the scrolling where they are while the stream goes on', async () => {
    const page = await opened({ viewport: { width: 360, height: 740 } })
    let looks = 0
    await page.exposeFunction('counted', () => looks++)
    await page.addInitScript(() => {
      const { BroadcastChannel, counted } = globalThis as unknown as {
        BroadcastChannel: { prototype: { postMessage: (news: unknown) => void } }
        counted: () => void
      }
      const post = BroadcastChannel.prototype.postMessage
      BroadcastChannel.prototype.postMessage = function (news) {
        counted()
        post.call(this, news)
      }
    })
    await show(page, 'stream')
    const link = page.getByRole('table', { name: 'Newest bars' }).getByRole('link').first()
    await link.focus()
    const scroller = page.locator('[aria-label="Newest bars, scrolls"]')
    await scroller.evaluate((box) => box.scrollTo(120, 0))
    const before = looks
    await until('three looks more', () => looks >= before + 3)

    assert.ok(await link.evaluate((element) => element.matches(':focus')), 'the focus has gone')
    assert.equal(await scroller.evaluate((box) => box.scrollLeft), 120)
    await page.context().close()
  })

  test('shows where the focus is, at every stop of Tab on every page', async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    for (const name of PAGE_NAMES) {
      await show(page, name)
      const seen = new Set<string>()
      for (let stops = 0; stops < 60; stops++) {
        await page.keyboard.press('Tab')
        const stop = await page.evaluate(() => {
          const { document, getComputedStyle } = globalThis as unknown as {
            document: { activeElement: { outerHTML: string; tagName: string } }
            getComputedStyle: (of: unknown) => { outlineStyle: string; outlineWidth: string }
          }
          const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
          const { tagName, outerHTML } = document.activeElement
          return { tagName, html: outerHTML.slice(0, 120), isSeen: outlineStyle !== 'none' && outlineWidth !== '0px' }
        })
        if (stop.tagName === 'BODY') break
        seen.add(stop.html)
        assert.ok(stop.isSeen, `${name}: ${stop.html}`)
      }
      assert.ok(seen.size >= 8, `${name} has ${seen.size} stops`)
    }
    await page.context().close()
  })

  test('prints the page without what lies over it', async () => {
    const page = await opened({ viewport: { width: 700, height: 900 } })
    await show(page, 'quality')
    await page.emulateMedia({ media: 'print' })

    assert.ok(await page.getByRole('navigation').isHidden())
    assert.equal(await page.locator('main').evaluate((main) => main.getBoundingClientRect().x), 0)
    await page.context().close()
  })

  test('keeps its marks in forced colours, and moves nothing for who wants no motion', async () => {
    const page = await opened({
      forcedColors: 'active',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 900 },
    })
    for (const name of PAGE_NAMES) {
      await show(page, name)
      await picture(page, `${name}-forced`)

      assert.equal(await page.evaluate('document.getAnimations().length'), 0, name)
    }
    await show(page, 'market')
    const grounds = await page.locator('.choice button').evaluateAll((buttons) => {
      const styles = globalThis as unknown as { getComputedStyle: (of: unknown) => { backgroundColor: string } }
      return buttons.map((each) => [each.ariaPressed, styles.getComputedStyle(each).backgroundColor] as const)
    })
    const of = (pressed: string) => grounds.filter(([is]) => is === pressed).map(([, ground]) => ground)
    assert.ok(of('true').length > 0)
    for (const chosen of of('true')) assert.ok(!of('false').includes(chosen), 'what is chosen looks like what is not')
    const grounded = () =>
      page.evaluate(() => {
        const { document, getComputedStyle } = globalThis as unknown as {
          document: { querySelector: (name: string) => { getContext: (of: '2d') => Pixels }; body: unknown }
          getComputedStyle: (of: unknown) => { backgroundColor: string }
        }
        interface Pixels {
          getImageData: (x: number, y: number, width: number, height: number) => { data: Iterable<number> }
        }
        const pixels = document.querySelector('.chart canvas').getContext('2d')
        const [red, green, blue, alpha] = pixels.getImageData(4, 4, 1, 1).data
        const chart = `rgb(${red}, ${green}, ${blue})`
        return { isDrawn: alpha !== 0, chart, canvas: getComputedStyle(document.body).backgroundColor }
      })
    await until('a chart that is drawn', async () => (await grounded()).isDrawn)
    const { chart, canvas } = await grounded()
    assert.equal(chart, canvas, 'the chart has another ground than the system')
    await page.context().close()
  })
}
