/** Second moments of the features over rows: what every regression of the log scale needs, whatever the horizon. */

/** The upper part is left empty; rows can be added as they become known. */
export interface Moments {
  readonly size: number
  readonly sums: Float64Array
  rows: number
}

export function emptyMoments(size: number): Moments {
  return { size, sums: new Float64Array(size * size), rows: 0 }
}

/** So many rows are added at a time: each sum is loaded and stored a quarter as often. */
const BLOCK = 4

/** Adds the rows from..to. */
export function addRows(moments: Moments, x: Float32Array, from: number, to: number): void {
  const { size, sums } = moments
  const block = new Float64Array(BLOCK * size)
  let row = from
  for (; row + BLOCK <= to; row += BLOCK) {
    for (let j = 0; j < block.length; j++) block[j] = x[row * size + j] as number
    addBlock(sums, block, size)
  }
  for (; row < to; row++) {
    for (let i = 0; i < size; i++) {
      const xi = x[row * size + i] as number
      for (let j = 0; j <= i; j++)
        sums[i * size + j] = (sums[i * size + j] as number) + xi * (x[row * size + j] as number)
    }
  }
  moments.rows += to - from
}

/**
 * Adds four rows, read out as doubles. Two features at a time share what they are multiplied with: measured, with the
 * reading out, at less than half the time of one feature at a time over the rows as they are.
 */
function addBlock(sums: Float64Array, block: Float64Array, size: number): void {
  const [b, c, d] = [size, 2 * size, 3 * size]
  if (size % 2 === 1) {
    for (let row = 0; row < block.length; row += size) sums[0] = (sums[0] as number) + (block[row] as number) ** 2
  }
  // Numbers one by one: arrays of them would be made anew in each turn.
  for (let i = size % 2; i < size; i += 2) {
    const k = i + 1
    const ai = block[i] as number
    const bi = block[b + i] as number
    const ci = block[c + i] as number
    const di = block[d + i] as number
    const ak = block[k] as number
    const bk = block[b + k] as number
    const ck = block[c + k] as number
    const dk = block[d + k] as number
    const atI = i * size
    const atK = k * size
    for (let j = 0; j <= i; j++) {
      const aj = block[j] as number
      const bj = block[b + j] as number
      const cj = block[c + j] as number
      const dj = block[d + j] as number
      sums[atI + j] = (sums[atI + j] as number) + ai * aj + bi * bj + ci * cj + di * dj
      sums[atK + j] = (sums[atK + j] as number) + ak * aj + bk * bj + ck * cj + dk * dj
    }
    sums[atK + k] = (sums[atK + k] as number) + ak * ak + bk * bk + ck * ck + dk * dk
  }
}
