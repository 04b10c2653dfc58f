/** Waiting in tests for what is meant, not for a time. */
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'

/** What has not come by then does not come, on the slowest machine and beside whatever else it does. */
export const PATIENCE_MS = 180_000

/** Waits until it holds; fails with what was waited for where it never does. What `holds` throws ends the wait. */
export async function until(
  awaited: string,
  holds: () => boolean | Promise<boolean>,
  { everyMs = 20, withinMs = PATIENCE_MS }: { readonly everyMs?: number; readonly withinMs?: number } = {},
): Promise<void> {
  const end = performance.now() + withinMs
  while (!(await holds())) {
    if (performance.now() > end) assert.fail(`Waited ${withinMs / 1000} s, and it has not come: ${awaited}.`)
    await delay(everyMs)
  }
}
