/** Runs `act` over the items, at most `limit` at once, and gives the results in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  act: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length)
  const queue = items.entries()
  const worker = async (): Promise<void> => {
    for (const [i, item] of queue) results[i] = await act(item, i)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}

/**
 * The results of `act` over the items in their order, `limit` of them under way or waiting to be taken at most: whoever takes
 * them one by one does not wait for each from its beginning.
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  limit: number,
  act: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const begun: Promise<Result>[] = []
  const begin = (item: Item): void => {
    const result = act(item)
    // Thrown where it is taken; until then nobody listens.
    result.catch(() => undefined)
    begun.push(result)
  }
  items.slice(0, limit).forEach(begin)
  for (let next = limit; begun.length > 0; next++) {
    yield (await begun.shift()) as Result
    items.slice(next, next + 1).forEach(begin)
  }
}
