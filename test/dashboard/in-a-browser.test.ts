/** The page in a browser; one lake and one browser for all that is looked at. */
import { after, describe } from 'node:test'
import { withoutBrowser } from '../support/browser.ts'
import { addressTests } from './browser/addresses.ts'
import { marketTests } from './browser/market-page.ts'
import { queryTests } from './browser/query-page.ts'
import { screenTests } from './browser/screens.ts'
import { openShown } from './browser/shown.ts'

const skip = withoutBrowser() ?? false

describe('the dashboard', { skip }, async () => {
  if (skip) return
  const shown = await openShown()
  after(shown.close)
  screenTests(shown)
  addressTests(shown)
  marketTests(shown)
  queryTests(shown)
})
