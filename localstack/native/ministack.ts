import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { LOCAL_REGION } from '../aws/local-aws.ts'
import type { ProcessRegistry, RunningProcess } from '../process/process-registry.ts'
import type { NativePrograms } from './install.ts'

export interface AwsPlace {
  readonly port: number
  /** What GetBootstrapBrokers answers. */
  readonly brokers: string
  readonly data: string
  readonly scratch: string
}

/**
 * Starts MiniStack behind its guard against web pages. It hands its own environment on to the functions that it runs, so it gets a clean one, with the
 * project's Node first on the path. Objects are on disk at once, everything else when it is asked to stop.
 */
export function startMinistack(programs: NativePrograms, place: AwsPlace, registry: ProcessRegistry): RunningProcess {
  mkdirSync(place.data, { recursive: true })
  mkdirSync(place.scratch, { recursive: true })
  // Its own worker scripts are CommonJS; without this they would be taken for what this project's package.json says.
  writeFileSync(join(place.scratch, 'package.json'), '{ "type": "commonjs" }')
  return registry.start({
    name: 'aws',
    command: programs.python,
    args: ['-s', join(import.meta.dirname, 'guarded_ministack.py')],
    cwd: place.scratch,
    env: ministackEnvironment(programs, place),
  })
}

function ministackEnvironment(programs: NativePrograms, place: AwsPlace): Record<string, string> {
  return {
    PATH: [dirname(process.execPath), dirname(programs.python), '/usr/bin', '/bin'].join(delimiter),
    PYTHONPATH: programs.pythonPath,
    PYTHONDONTWRITEBYTECODE: '1',
    HOME: place.scratch,
    TMPDIR: place.scratch,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    GATEWAY_PORT: String(place.port),
    BIND_HOST: '127.0.0.1',
    MINISTACK_REGION: LOCAL_REGION,
    MINISTACK_MSK_BOOTSTRAP: place.brokers,
    // Asked for ways in that it was not told of, it makes names up; a blank says that there is none.
    MINISTACK_MSK_BOOTSTRAP_TLS: ' ',
    MINISTACK_MSK_BOOTSTRAP_SASL_SCRAM: ' ',
    MINISTACK_MSK_BOOTSTRAP_SASL_IAM: ' ',
    ATHENA_ENGINE: 'duckdb',
    LAMBDA_EXECUTOR: 'local',
    LOG_LEVEL: 'INFO',
    PERSIST_STATE: '1',
    STATE_DIR: join(place.data, 'services'),
    S3_PERSIST: '1',
    S3_DATA_DIR: join(place.data, 's3'),
    // Listeners that tickerlake has no use for.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    // It would look for containers of its own to clean up; the native engine has none.
    DOCKER_HOST: 'unix:///var/empty/none.sock',
  }
}
