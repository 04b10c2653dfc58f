/** A stage's own templates, deployed where functions cannot be made: each function is replaced by the ARN that it would have. */
import { readFileSync, writeFileSync } from 'node:fs'

/** What cannot be made without a function that runs: itself, who polls for it, and what it makes. */
const NEEDS_FUNCTIONS = /^(AWS::Lambda::|Custom::)/

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>
}

/** Rewrites a template file; gives the logical ids that it took out. */
export function withoutFunctions(file: string, region: string): readonly string[] {
  const template: Template & { readonly [name: string]: Json } = JSON.parse(readFileSync(file, 'utf8'))
  const gone = Object.entries(template.Resources).flatMap(([id, { Type }]) => (NEEDS_FUNCTIONS.test(Type) ? [id] : []))
  const kept = Object.entries(template.Resources).filter(([id]) => !gone.includes(id))
  const standIns = new Map(gone.map((id) => [id, `arn:aws:lambda:${region}:000000000000:function:${id}`]))
  writeFileSync(file, JSON.stringify(referring({ ...template, Resources: Object.fromEntries(kept) }, standIns)))
  return gone
}

/** The same with every reference to what is gone replaced. */
function referring(value: Json, standIns: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((inner) => referring(inner, standIns))
  if (typeof value !== 'object' || value === null) return value
  const { Ref: ref, 'Fn::GetAtt': attribute, DependsOn: after } = value as Record<string, Json>
  if (typeof ref === 'string' && standIns.has(ref)) return ref
  if (Array.isArray(attribute) && standIns.has(String(attribute[0]))) return standIns.get(String(attribute[0])) ?? ''
  const inside = Object.entries(value).map(([name, inner]) => [name, referring(inner, standIns)])
  const remaining = [after].flat().filter((id) => id !== undefined && !standIns.has(String(id)))
  return Object.fromEntries([...inside, ...(after === undefined ? [] : [['DependsOn', remaining]])])
}
