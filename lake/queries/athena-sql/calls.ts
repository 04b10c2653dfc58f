/** Which translation a function's name has. */
import type { ParserRuleContext } from 'antlr4ng'
import { AGGREGATES, READ_APART } from './aggregates.ts'
import type { Argument } from './arguments.ts'
import { ATHENA_WORDS, isAthenaAlone } from './other-functions.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { signatureCall, signatureNames } from './signatures.ts'
import { roundedDecimal, SPECIAL_FUNCTIONS } from './special-functions.ts'
import { didYouMean, SqlError } from './sql-error.ts'
import { TIME_FUNCTIONS } from './time-functions.ts'
import { WINDOW_FUNCTIONS } from './window-functions.ts'

const LISTED = new Set(signatureNames())

/** Every name that is translated, for the docs. */
function functionNames(): readonly string[] {
  const named = [SPECIAL_FUNCTIONS, TIME_FUNCTIONS, AGGREGATES, WINDOW_FUNCTIONS].flatMap((list) => Object.keys(list))
  return [...new Set([...LISTED, ...named, ...READ_APART, 'listagg'])].toSorted()
}

/** A call of a function that is no aggregate. */
export function call(name: string, args: readonly Argument[], context: ParserRuleContext): Expression {
  const values = args.filter((arg): arg is Expression => !('of' in arg))
  if (values.length === args.length) {
    const rounded = roundedDecimal(name, values, context)
    if (rounded) return rounded
  }
  const special = Object.hasOwn(SPECIAL_FUNCTIONS, name) ? SPECIAL_FUNCTIONS[name] : undefined
  if (special) return special(args, context)
  if (values.length < args.length) throw notHere(`function ${name} with a lambda`, context)
  const timed = Object.hasOwn(TIME_FUNCTIONS, name) ? TIME_FUNCTIONS[name] : undefined
  if (timed) return timed(values, context)
  if (LISTED.has(name)) return signatureCall(name, values, context)
  throw unknownFunction(name, context)
}

/** What is nearly a name that is known is more likely a slip. */
function unknownFunction(name: string, context: ParserRuleContext): SqlError {
  if (isAthenaAlone(name)) return notHere(`function ${name}`, context)
  const instead = Object.hasOwn(ATHENA_WORDS, name) ? ATHENA_WORDS[name] : undefined
  if (instead) return new SqlError(`Athena has no function ${name}; ${instead} does it.`, placeOf(context))
  const near = didYouMean(name, functionNames())
  const sentence = near || ' If Athena has it, "npm run local -- --athena trino" answers it here.'
  return new SqlError(`no function ${name} is known here.${sentence}`, placeOf(context))
}
