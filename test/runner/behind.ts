/** Loaded before a test file that lets others go first: it and what it starts get what they leave of the processors. */
import { setPriority } from 'node:os'

/** A third of the share of who has none, where both have work. */
const BEHIND = 5

setPriority(BEHIND)
