/** What Spark needs beside itself to read Kafka. Of the token provider Central has no 4.0.1 everywhere; it is asked for nothing here. */
import { join } from 'node:path'
import { installOnce } from '../../localstack/native/install-once.ts'
import { fetchJar, type LockedJar, mavenSource } from '../../localstack/native/maven.ts'

const JARS: readonly LockedJar[] = [
  {
    artifact: 'org.apache.spark:spark-sql-kafka-0-10_2.13:4.0.1',
    sha256: 'a9c5366a61087e7e7ff903c3dc160e80b33d2ea04d365e0795cc4a58befc3a16',
  },
  {
    artifact: 'org.apache.spark:spark-token-provider-kafka-0-10_2.13:4.0.0',
    sha256: 'f2be3b76f9e6cbe63379d4e4e0dc14f59dbf056ae2ad16ff15ac108004c86767',
  },
  {
    artifact: 'org.apache.kafka:kafka-clients:3.9.1',
    sha256: '7568b998572d256f0b7bc0afdc1b7a2588b8b08415c62ce314c864a6851ae9d9',
  },
  {
    artifact: 'org.apache.commons:commons-pool2:2.12.0',
    sha256: '6d3bd18df8410f3e31b031aca582cc109342358a62a2759ebd0c4cdf30d06f8b',
  },
]

/** The jars' files, fetched the first time. */
export async function sparkKafkaJars(install: string): Promise<readonly string[]> {
  const madeOf = JARS.map(({ sha256 }) => sha256)
  const folder = await installOnce(install, { name: 'spark-kafka', madeOf }, async (place) => {
    const source = mavenSource()
    for (const jar of JARS) await fetchJar(jar, place, source)
  })
  return JARS.map(({ artifact }) => {
    const [, name, version] = artifact.split(':')
    return join(folder, `${name}-${version}.jar`)
  })
}
