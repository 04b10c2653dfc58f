/** `node test/support/yahoo-server.ts 21290`: the stand-in of Yahoo by itself, on the clock of this machine, until Ctrl-C. */
import { CRYPTO, NEW_YORK, TOKYO, YahooStandIn } from './yahoo-stand-in.ts'

const first = '2024-01-01'
const stocks = ['AAPL', 'MSFT', 'IBM'].map((symbol) => ({ ...NEW_YORK, symbol, first }))
const others = [
  { ...TOKYO, symbol: '6758.T', first },
  { ...CRYPTO, symbol: 'BTC-USD', first },
]
const yahoo = new YahooStandIn({ symbols: [...stocks, ...others], now: Date.now, wobble: 3e-7 })
process.stdout.write(`YAHOO_ENDPOINT=${await yahoo.listen(Number(process.argv[2] ?? 0))}\n`)
