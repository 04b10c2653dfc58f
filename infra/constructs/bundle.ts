import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AssetHashType, DockerImage } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { buildSync, type OutputFile } from 'esbuild'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * A handler and all it imports as one ES module, with its source map beside it, so that a stack trace names our lines. CDK's NodejsFunction would do the
 * same through `npx`, a second a function; here esbuild runs in the process that synthesizes.
 */
export function bundle(entry: string): Code {
  return Code.fromAsset(`${ROOT}lambdas`, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('never-pulled'), // asked for by the type; tryBundle always succeeds or throws
      command: [entry], // part of the staging cache's key: without it two entries would share one bundle
      local: {
        tryBundle(outputDir) {
          bundleInto(outputDir, entry)
          return true
        },
      },
    },
  })
}

/** Writes the bundle of a handler, by its file from the project's root, as `index.mjs` with its map. */
export function bundleInto(folder: string, entry: string): void {
  bundles ??= bundlesOfAll()
  const files = bundles.filter(({ path }) => path.startsWith(`${OUT}/${entry.replace(/\.ts$/, '')}/`))
  if (files.length === 0) throw new RangeError(`${entry} is no handler; they are lambdas/*/*.lambda.ts.`)
  for (const { path, contents } of files) writeFileSync(`${folder}/${basename(path)}`, contents)
}

/** Where the bundles would lie, by which their maps name the sources. */
const OUT = `${ROOT}bundles`

/** What looks for credentials everywhere; in a function they are where lambdas/function-credentials.ts looks. */
const CREDENTIALS = ['@aws-sdk/credential-provider-node', '@aws-sdk/credential-providers']

type Bundled = Pick<OutputFile, 'path' | 'contents'>

/** Of all handlers, once a process: what they share, most of it AWS's SDK, is then parsed once. */
let bundles: readonly Bundled[] | undefined

let kept: string | undefined

/**
 * Keeps the bundles for the next process, which takes them as they are: the folder's name has to change with whatever
 * they are made of. To be called before the first is asked for.
 */
export function keepBundlesIn(folder: string): void {
  kept = folder
}

function bundlesOfAll(): readonly Bundled[] {
  if (kept === undefined) return bundleAll()
  if (!existsSync(kept)) keepIn(kept, bundleAll())
  const files = globSync('**/index.mjs*', { cwd: kept })
  return files.map((file) => ({ path: `${OUT}/${file}`, contents: readFileSync(`${kept}/${file}`) }))
}

/** Made beside the folder and moved there in one go: it is whole, or not there; whoever was first may stay. */
function keepIn(folder: string, files: readonly Bundled[]): void {
  mkdirSync(dirname(folder), { recursive: true })
  const fresh = mkdtempSync(`${folder}.`)
  try {
    for (const { path, contents } of files) {
      const file = `${fresh}${path.slice(OUT.length)}`
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, contents)
    }
    renameSync(fresh, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

function bundleAll(): readonly OutputFile[] {
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: globSync('lambdas/*/*.lambda.ts', { cwd: ROOT }),
    outbase: ROOT,
    outdir: OUT,
    entryNames: '[dir]/[name]/index',
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    alias: Object.fromEntries(CREDENTIALS.map((name) => [name, `${ROOT}lambdas/function-credentials.ts`])),
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    // CommonJS packages (kafkajs) call require, which an ES module does not have.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  })
  return outputFiles
}
