// Loaded before every command (package.json): what Node made of its modules is kept for the next one, types taken off.
// Without it that is half a second of a processor each time. No TypeScript, or it would have to be made plain itself.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

const install = process.env['TICKERLAKE_INSTALL_DIR'] ?? join(import.meta.dirname, '../.local/install')
enableCompileCache(join(install, 'compiled'))
