import { fileURLToPath } from 'node:url'
import { AssetHashType, DockerImage } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { buildSync } from 'esbuild'

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
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: `${folder}/index.mjs`,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    // CommonJS packages (kafkajs) call require, which an ES module does not have.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  })
}
