/** Java's way: `1.0`, `1.0E7`, `1.0E-4`. */
export function doubleText(value: number, isReal = false): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const digits = isReal ? shortestReal(value) : value
  const size = Math.abs(digits)
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(digits) ? `${digits}.0` : String(digits)
  const [mantissa = '', exponent = ''] = digits.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}

function shortestReal(value: number): number {
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return value
}
