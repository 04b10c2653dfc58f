import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import type { ProcessRegistry, ProcessSpec, RunningProcess } from '../process/process-registry.ts'

/** What a broker is made of; `NativePrograms` is one. */
export interface BrokerPrograms {
  readonly kafkaJars: string
  readonly java: string
  /** See `class-archive.ts`. */
  readonly classArchive: string | undefined
}

export interface BrokerPlace {
  /** Clients connect here; the controller takes the next port. */
  readonly port: number
  /** The broker's log and metadata. */
  readonly data: string
  /** Configuration and other files that are made again for each start. */
  readonly scratch: string
}

/** A KRaft cluster has an id from its first format on; one machine needs only one. */
const CLUSTER_ID = 'dGlja2VybGFrZWxvY2FsMQ'

/** A broker for one laptop: small heap, quick start rather than the last bit of throughput. */
const JVM = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto']

/** Starts Apache Kafka as broker and controller in one; its storage is formatted the first time. */
export async function startBroker(
  programs: BrokerPrograms,
  place: BrokerPlace,
  { registry, signal, jvm = [] }: BrokerDeps,
): Promise<RunningProcess> {
  mkdirSync(place.scratch, { recursive: true })
  if (!existsSync(place.data)) await formatStorage(programs, place, { registry, signal })
  const broker = [...jvm, 'kafka.Kafka', propertiesFile(place, place.data)]
  return registry.start(javaProcess('kafka', programs, place, broker))
}

interface BrokerDeps {
  readonly registry: ProcessRegistry
  readonly signal: AbortSignal
  /** More options of the JVM. */
  readonly jvm?: readonly string[]
}

/** Formats beside the place and moves it there, so that an interrupted format leaves nothing half made. */
async function formatStorage(
  programs: BrokerPrograms,
  place: BrokerPlace,
  { registry, signal }: BrokerDeps,
): Promise<void> {
  const fresh = `${place.data}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  const args = [
    'kafka.tools.StorageTool',
    'format',
    '--cluster-id',
    CLUSTER_ID,
    '--config',
    propertiesFile(place, fresh),
  ]
  await registry.run(javaProcess('kafka-format', programs, place, args), signal)
  renameSync(fresh, place.data)
}

function javaProcess(name: string, programs: BrokerPrograms, place: BrokerPlace, args: readonly string[]): ProcessSpec {
  const classes = programs.classArchive ? [`-XX:SharedArchiveFile=${programs.classArchive}`] : []
  const settings = [...classes, `-Dlog4j2.configurationFile=${logFile(place)}`, '-Djava.io.tmpdir=.']
  return {
    name,
    command: programs.java,
    args: [...JVM, ...settings, '-cp', join(programs.kafkaJars, '*'), ...args],
    env: { PATH: ['/usr/bin', '/bin'].join(delimiter), LANG: 'C.UTF-8', HOME: place.scratch },
    cwd: place.scratch,
  }
}

/**
 * Paths are said from where the broker runs: Java reads properties as Latin-1, and takes a comma for the end of a path,
 * so that a home such as /home/jürgen would be another one to it.
 */
function propertiesFile({ scratch, port }: BrokerPlace, data: string): string {
  const name = 'server.properties'
  writeFileSync(join(scratch, name), serverProperties(port, relative(scratch, data)))
  return name
}

/** As MSK has it where it matters: no topic comes into being by a typing mistake. One broker, so one replica. */
function serverProperties(port: number, data: string): string {
  const controller = port + 1
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controller}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    `log.dirs=${data}`,
    'auto.create.topics.enable=false',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=4',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'transaction.state.log.num.partitions=4',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    'log.retention.hours=168',
    '',
  ].join('\n')
}

function logFile({ scratch }: BrokerPlace): string {
  const name = 'log4j2.properties'
  writeFileSync(
    join(scratch, name),
    [
      'appender.out.type=Console',
      'appender.out.name=OUT',
      'appender.out.layout.type=PatternLayout',
      'appender.out.layout.pattern=%d %p %c{1}: %m%n',
      'rootLogger.level=WARN',
      'rootLogger.appenderRef.out.ref=OUT',
      '',
    ].join('\n'),
  )
  return name
}
