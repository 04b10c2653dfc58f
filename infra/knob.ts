/** What a knob is: one setting of the deployment, with its default in each stage, its unit and what it does to the bill. */
import { UsageError } from '../lake/errors.ts'

export const STAGE_NAMES = ['local', 'dev', 'prod', 'byo'] as const
export type StageName = (typeof STAGE_NAMES)[number]

export interface Knob<T> {
  readonly doc: string
  /** Of the value: days, MB, a name. */
  readonly unit: string
  /** What turning it does to the monthly bill. */
  readonly cost: string
  readonly defaults: Readonly<Record<StageName, T>>
  /** What a valid value looks like, as the end of the sentence "… takes". */
  readonly takes: string
  /** The value that a text means, or undefined where it means none. */
  readonly parse: (text: string) => T | undefined
}

export type Defaults<T> = Readonly<Record<StageName, T>>
type About = Pick<Knob<unknown>, 'doc' | 'unit' | 'cost'>

/** The same default in every stage. */
export function everywhere<T>(value: T): Defaults<T> {
  return { local: value, dev: value, prod: value, byo: value }
}

export function whole(
  about: About & { readonly min: number; readonly max: number },
  defaults: Defaults<number>,
): Knob<number> {
  const { min, max } = about
  return {
    ...about,
    defaults,
    takes: `a whole number from ${min} to ${max}`,
    parse: (text) => {
      const value = Number(text)
      return /^-?\d+$/.test(text) && value >= min && value <= max ? value : undefined
    },
  }
}

export function choice<const T extends string>(
  about: About & { readonly among: readonly T[] },
  defaults: Defaults<NoInfer<T>>,
): Knob<T> {
  return {
    ...about,
    defaults,
    takes: `one of ${about.among.join(', ')}`,
    parse: (text) => about.among.find((each) => each === text),
  }
}

export function flag(about: About, defaults: Defaults<boolean>): Knob<boolean> {
  return {
    ...about,
    defaults,
    takes: 'true or false',
    parse: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  }
}

interface TextShape {
  readonly like: RegExp
  readonly takes: string
}

export function text(about: About & TextShape, defaults: Defaults<string>): Knob<string> {
  const { like, takes } = about
  return { ...about, defaults, takes, parse: (value) => (like.test(value) ? value : undefined) }
}

/** A text that may be left out; undefined then. */
export function optional(about: About & TextShape): Knob<string | undefined> {
  const { like, takes } = about
  return {
    ...about,
    defaults: everywhere(undefined),
    takes,
    parse: (value) => (like.test(value) ? value : undefined),
  }
}

/** Comma-separated texts; none by default. */
export function list(about: About & TextShape): Knob<readonly string[]> {
  const { like, takes } = about
  return {
    ...about,
    defaults: everywhere([]),
    takes,
    parse: (value) => {
      const parts = value.split(',').map((part) => part.trim())
      return parts.every((part) => like.test(part)) ? parts : undefined
    },
  }
}

/** The value of a knob in a stage: what the context says, else the default. */
export function turned<T>(knob: Knob<T>, name: string, { stage, given }: { stage: StageName; given: unknown }): T {
  if (given === undefined || given === '') return knob.defaults[stage]
  const said = Array.isArray(given) ? given.join(',') : String(given)
  const value = knob.parse(said)
  if (value !== undefined) return value
  throw new UsageError(`The knob ${name} takes ${knob.takes}; got "${said}". Give it as -c ${name}=… or leave it out.`)
}
