/** The guard as a process of an engine, so that it stays where an engine is kept: node guard-process.ts PORT HOST PORT */
import { guardedProxy } from './endpoint-guard.ts'

const [port, host = '', behind] = process.argv.slice(2)
guardedProxy({ host, port: Number(behind) }).listen(Number(port), '127.0.0.1')
