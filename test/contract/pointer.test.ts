import { objectPointer } from '../../lake/iceberg/pointer.ts'
import { freshId } from '../support/compaction.ts'
import { MemoryObjectStore } from '../support/memory-object-store.ts'
import { pointerContract } from './pointer.ts'

pointerContract('an object with If-Match', () =>
  objectPointer({ store: new MemoryObjectStore(), key: 'table.json', freshId }),
)
