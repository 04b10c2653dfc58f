/**
 * The Kafka mappings of a template: events MSK and SelfManagedKafka of SAM's functions (SAM reference, "MSK",
 * "SelfManagedKafka"), and AWS::Lambda::EventSourceMapping as CloudFormation has it.
 */
import { parse, type ScalarTag, type TagId } from 'yaml'
import type { MappingDescription } from './core/mapping-description.ts'
import { UsageError } from './errors.ts'
import { type Resource, resolved, type Template } from './template-values.ts'

type Fields = Readonly<Record<string, unknown>>

/** Throws a UsageError where the text is no template. */
export function templateMappings(text: string): readonly MappingDescription[] {
  const template = parsedTemplate(text)
  return Object.entries(template.Resources ?? {}).flatMap(([id, resource]) => {
    const properties = fieldsOf(resolved(resource.Properties, template))
    if (resource.Type === 'AWS::Serverless::Function') return functionMappings(id, properties)
    if (resource.Type === 'AWS::Lambda::EventSourceMapping' && 'Topics' in properties) return [properties]
    return []
  })
}

function functionMappings(id: string, properties: Fields): readonly MappingDescription[] {
  const FunctionName = typeof properties['FunctionName'] === 'string' ? properties['FunctionName'] : id
  return Object.values(fieldsOf(properties['Events'])).flatMap((event) => {
    const { Type, Properties } = fieldsOf(event)
    if (Type === 'MSK') return [{ FunctionName, ...mskMapping(fieldsOf(Properties)) }]
    if (Type === 'SelfManagedKafka') return [{ FunctionName, ...selfManagedMapping(fieldsOf(Properties)) }]
    return []
  })
}

/** SAM's names that are others than the API's; the rest is handed on as it stands, unknown names too. */
function mskMapping({ Stream, ConsumerGroupId, SchemaRegistryConfig, ...rest }: Fields): Fields {
  const config = { ConsumerGroupId, SchemaRegistryConfig }
  return { ...rest, EventSourceArn: Stream, AmazonManagedKafkaEventSourceConfig: config }
}

function selfManagedMapping(properties: Fields): Fields {
  const { KafkaBootstrapServers, ConsumerGroupId, SchemaRegistryConfig, ConsumptionMode, ...rest } = properties
  return {
    ...rest,
    SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: KafkaBootstrapServers } },
    SelfManagedKafkaEventSourceConfig: { ConsumerGroupId, SchemaRegistryConfig, ConsumptionMode },
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

function parsedTemplate(text: string): Template {
  try {
    const template: unknown = parse(text, { customTags: (tags) => [...tags, ...SHORT_FORMS], logLevel: 'error' })
    return { Resources: {}, ...(fieldsOf(template) as { readonly Resources?: Readonly<Record<string, Resource>> }) }
  } catch (cause) {
    throw new UsageError(`The template is neither YAML nor JSON: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    })
  }
}

/** `!Ref x` is `{ Ref: x }`, `!Sub x` is `{ "Fn::Sub": x }`; GetAtt's text is cut at its first point. */
const SHORT_FORMS: readonly (ScalarTag | TagId)[] = ['Ref', 'Sub', 'GetAtt', 'ImportValue'].map((name) => ({
  tag: `!${name}`,
  resolve: (text: string) => {
    const point = text.indexOf('.')
    if (name === 'GetAtt') return { 'Fn::GetAtt': [text.slice(0, point), text.slice(point + 1)] }
    return { [name === 'Ref' ? name : `Fn::${name}`]: text }
  },
}))
