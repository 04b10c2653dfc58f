import { resolve } from 'node:path'
import { exactlyOnceContract } from '../contract/exactly-once.ts'
import { brokersOfTests, endpointOfTests } from './engine.ts'

exactlyOnceContract("LocalStack's S3", {
  endpoint: endpointOfTests(),
  brokers: brokersOfTests(),
  dir: resolve('.local', 'localstack-emulator', 'chaos'),
})
