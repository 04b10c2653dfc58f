import { join } from 'node:path'
import { exactlyOnceContract } from '../contract/exactly-once.ts'
import { SHARED_DIR, sharedState } from '../support/engine.ts'

const { endpoint, brokers } = sharedState()

exactlyOnceContract("MiniStack's S3", { endpoint, brokers: brokers.split(','), dir: join(SHARED_DIR, 'chaos') })
