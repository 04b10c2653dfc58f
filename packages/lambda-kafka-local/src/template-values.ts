/** What a template's intrinsic functions come to on a laptop, as far as it can be known without a deployment. */

export interface Resource {
  readonly Type?: string
  readonly Properties?: unknown
}

export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>
  readonly Resources?: Readonly<Record<string, Resource>>
}

/** Emulators' account; pseudo parameters as they stand there. */
const ACCOUNT = '000000000000'
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::StackName': 'stack',
}

/** The value with its references resolved: parameters by their defaults, resources by their names and ARNs. What is left stays. */
export function resolved(value: unknown, template: Template): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, template))
  if (typeof value !== 'object' || value === null) return value
  const [[name, argument] = []] = Object.entries(value)
  if (name === 'Ref' && typeof argument === 'string') return refOf(argument, template)
  if (name === 'Fn::Sub') return subOf(argument, template)
  if (name === 'Fn::GetAtt' && Array.isArray(argument))
    return attributeOf(String(argument[0]), String(argument[1]), template)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, template)]))
}

function refOf(name: string, template: Template): unknown {
  const parameter = template.Parameters?.[name]
  if (parameter) return parameter.Default ?? name
  const type = template.Resources?.[name]?.Type
  return PSEUDO[name] ?? (type === 'AWS::SNS::Topic' ? attributeOf(name, 'Arn', template) : nameOf(name, template))
}

function subOf(argument: unknown, template: Template): unknown {
  const text = Array.isArray(argument) ? argument[0] : argument
  return String(text).replace(/\$\{([^!}]+)\}/g, (_, name: string) => {
    const [resource = '', attribute] = name.split('.')
    return String(attribute === undefined ? refOf(name, template) : attributeOf(resource, attribute, template))
  })
}

const SERVICES: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': `sqs:us-east-1:${ACCOUNT}:`,
  'AWS::SNS::Topic': `sns:us-east-1:${ACCOUNT}:`,
  'AWS::S3::Bucket': 's3:::',
  'AWS::MSK::Cluster': `kafka:us-east-1:${ACCOUNT}:cluster/`,
  'AWS::MSK::ServerlessCluster': `kafka:us-east-1:${ACCOUNT}:cluster/`,
  'AWS::Lambda::Function': `lambda:us-east-1:${ACCOUNT}:function:`,
  'AWS::Serverless::Function': `lambda:us-east-1:${ACCOUNT}:function:`,
}

function attributeOf(id: string, attribute: string, template: Template): string {
  const service = SERVICES[template.Resources?.[id]?.Type ?? '']
  const isArn = attribute === 'Arn' || attribute === 'TopicArn'
  return isArn && service ? `arn:aws:${service}${nameOf(id, template)}` : `${id}.${attribute}`
}

const NAMES = ['QueueName', 'TopicName', 'BucketName', 'ClusterName', 'FunctionName']

/** The name that is given, else the logical id. */
function nameOf(id: string, template: Template): string {
  const properties = template.Resources?.[id]?.Properties
  if (typeof properties !== 'object' || properties === null) return id
  const given = NAMES.map((name): unknown => Reflect.get(properties, name)).find((name) => typeof name === 'string')
  return typeof given === 'string' ? given : id
}
