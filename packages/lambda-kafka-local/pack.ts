/** Packs what npm gets: compiled JavaScript with types, made again in a folder of its own; the repository runs the sources. */
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runCommand } from './src/command-line.ts'

const HELP = `Packs lambda-kafka-local for npm: <out>/lambda-kafka-local-<version>.tgz, unpacked beside it in <out>/package.

  npm run pack:mapping -- --out DIR    where to (.local/pack)`

const HERE = import.meta.dirname
const ROOT = resolve(HERE, '../..')

await runCommand({
  help: HELP,
  options: { out: { type: 'string', default: join(ROOT, '.local', 'pack') } },
  async run({ out }) {
    process.stdout.write(`${pack(resolve(out))}\n`)
    return 0
  },
})

function pack(out: string): string {
  const stage = join(out, 'package')
  rmSync(stage, { recursive: true, force: true })
  mkdirSync(stage, { recursive: true })
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
  execFileSync(process.execPath, [tsc, '-p', HERE, '--outDir', join(stage, 'dist')], { stdio: 'inherit' })
  for (const file of globSync(join(stage, 'dist', '**', '*.d.ts'))) nameCompiled(file)
  for (const page of ['README.md', 'CHANGELOG.md']) cpSync(join(HERE, page), join(stage, page))
  cpSync(join(ROOT, 'LICENSE'), join(stage, 'LICENSE'))
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
  const said = execFileSync('npm', ['pack', stage, '--pack-destination', out, '--json'], { encoding: 'utf8' })
  const [packed]: readonly { readonly filename: string }[] = JSON.parse(said)
  return join(out, packed?.filename ?? '')
}

/** The compiler rewrites the imports of what runs, not those of declarations. */
function nameCompiled(file: string): void {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replaceAll(/((?:from |import\()'\.[^']*)\.ts'/g, "$1.js'"))
}

/** As it stands in the repository, but public, and with the compiled files in the place of the sources. */
function manifest(): object {
  const { private: _, ...source } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'))
  return {
    ...source,
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    bin: { 'lambda-kafka-local': 'dist/cli.js' },
    files: ['dist'],
  }
}
