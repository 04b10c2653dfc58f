/** Who may do what to what, read from a stage's templates. */
export interface Right {
  readonly principal: string
  readonly effect: 'may' | 'may not'
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly condition: string
}

export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>

interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource?: unknown
  readonly Principal?: unknown
  readonly Condition?: unknown
}

/** Rights that roles have by their policies, that resources give by theirs, and who may take a role on. */
export function rightsOf(resources: Resources): readonly Right[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    const properties = Properties as Readonly<Record<string, unknown>>
    if (Type === 'AWS::IAM::Policy') {
      const roles = (properties['Roles'] as readonly unknown[]).map(readable).join(', ')
      return statementsOf(properties['PolicyDocument']).map((each) => rightOf(roles, each, each.Resource))
    }
    if (Type === 'AWS::IAM::Role') {
      return statementsOf(properties['AssumeRolePolicyDocument']).map((each) =>
        rightOf(principalOf(each.Principal), each, nameOf(id)),
      )
    }
    const document = properties?.['KeyPolicy'] ?? properties?.['PolicyDocument']
    if (document === undefined) return []
    return statementsOf(document).map((each) => {
      const resource = each.Resource === '*' || each.Resource === undefined ? nameOf(id) : each.Resource
      return rightOf(principalOf(each.Principal), each, resource)
    })
  })
}

/** The same right of the same principal under the same condition, once, with all its resources. */
export function merged(rights: readonly Right[]): readonly Right[] {
  const groups = Map.groupBy(rights, ({ resources: _, ...right }) => JSON.stringify(right))
  return [...groups.values()].map((same) => ({
    ...(same[0] as Right), // groupBy makes no empty group
    resources: [...new Set(same.flatMap(({ resources }) => resources))],
  }))
}

function statementsOf(document: unknown): readonly Statement[] {
  return (document as { readonly Statement: readonly Statement[] }).Statement
}

function rightOf(principal: string, { Effect, Action, Condition }: Statement, resource: unknown): Right {
  return {
    principal,
    effect: Effect === 'Allow' ? 'may' : 'may not',
    actions: [Action].flat(),
    resources: [resource].flat().map(readable),
    condition: Condition === undefined ? '' : JSON.stringify(plain(Condition)),
  }
}

/** A condition with the references in it as words. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const [name = ''] = Object.keys(value)
  if (name === 'Ref' || name.startsWith('Fn::')) return readable(value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

function principalOf(principal: unknown): string {
  if (typeof principal !== 'object' || principal === null) return readable(principal)
  return Object.values(principal).flat().map(readable).join(', ')
}

/** `{"Fn::GetAtt":["LakeBucketB1D32E10","Arn"]}` → `LakeBucket`: what a reader of the code knows it by. */
export function readable(value: unknown): string {
  if (typeof value === 'string') return nameOf(value)
  if (Array.isArray(value)) return value.map(readable).join(', ')
  const [[kind, inner] = ['', '']] = Object.entries(value as Readonly<Record<string, unknown>>)
  if (kind === 'Ref') return nameOf(String(inner).replace('AWS::', ''))
  if (kind === 'Fn::GetAtt') return nameOf(String((inner as readonly unknown[])[0]))
  if (kind === 'Fn::ImportValue') return exportedName(String(inner))
  if (kind === 'Fn::Join') return (inner as [string, readonly unknown[]])[1].map(readable).join('')
  if (kind === 'Fn::Select') return selected(inner as [number | string, Selectable])
  return JSON.stringify(value)
}

type Selectable = readonly unknown[] | { readonly 'Fn::Split'?: unknown }

/** One of the parts around a separator: of a cluster's ARN around `:cluster/`, the second is as good as its name. */
function selected([index, from]: [number | string, Selectable]): string {
  if (Array.isArray(from)) return readable(from[Number(index)])
  const split = 'Fn::Split' in from ? from['Fn::Split'] : undefined
  if (!Array.isArray(split)) return `${readable(from)}[${index}]`
  return split[0] === ':cluster/' && Number(index) === 0 ? 'arn' : readable(split[1])
}

/** `…:ExportsOutputFnGetAttLakeBucketB1D32E10Arn6706D8FF` → `LakeBucket`. */
function exportedName(name: string): string {
  const [, id = name] = /Exports(?:Output)?(?:FnGetAtt|Ref)?(.+?)(?:Arn)?[0-9A-F]{8}$/.exec(name) ?? []
  return nameOf(id)
}

/** A logical id without the hash at its end. */
function nameOf(id: string): string {
  return id.replace(/(?<=[a-z\d])[0-9A-F]{8}\b/g, '')
}
